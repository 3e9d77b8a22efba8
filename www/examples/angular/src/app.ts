import { ApplicationRef, Component, inject, signal } from "@angular/core";
import { FormsModule } from "@angular/forms";
import { HelpService } from "./help";

/** A form bound by `ngModel`: what a fix writes arrives in the model like any typing. */
@Component({
  selector: "portal-root",
  imports: [FormsModule],
  template: `
    <main>
      <h1>Запись на приём</h1>
      <form data-podskazka-form="appointment">
        <label for="inn">ИНН</label>
        <input id="inn" name="inn" data-podskazka="inn" [(ngModel)]="inn" />
        <button type="submit">Записаться</button>
      </form>
      <output>{{ inn() }}</output>
      <p id="last">{{ last() }}</p>
      <button type="button" id="write" (click)="help.open('ticket')">Написать в поддержку</button>
      <button type="button" id="leave" (click)="application.destroy()">Уйти</button>
    </main>
  `,
})
export class App {
  readonly inn = signal("");
  readonly last = signal("");
  readonly help = inject(HelpService).widget;
  readonly application = inject(ApplicationRef);

  constructor() {
    this.help.on("invalid", (event) => this.last.set(event.detail.code));
  }
}
