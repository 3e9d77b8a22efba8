import { Injectable, type OnDestroy } from "@angular/core";
import { init, type Podskazka } from "podskazka";

/** One widget for the application. Where pages are rendered on a server, `init()` returns one there that does nothing. */
@Injectable({ providedIn: "root" })
export class HelpService implements OnDestroy {
  // In a folder of the site, as `ng build --base-href /forms/` makes it: add base: "/forms/podskazka/", and put the files there.
  readonly widget: Podskazka = init({ site: "demo" });

  ngOnDestroy(): void {
    this.widget.destroy();
  }
}
