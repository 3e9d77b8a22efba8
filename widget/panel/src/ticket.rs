//! The ticket form and the list of what goes with it.

use podskazka::{
    ticket::{MAX_CONTACT, MAX_NAME, MAX_TEXT, TOPICS},
    wire::FieldState,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, Event, HtmlCanvasElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    ImageBitmap, SubmitEvent,
};
use yew::{Context, Html, InputEvent, NodeRef, TargetCast, html};

use crate::{
    app::{App, Draft, Msg, Sending},
    dom, texts,
};

/// One row of the form.
struct Row {
    id: &'static str,
    pointer: &'static str,
    label: &'static str,
    hint: &'static str,
}

const TOPIC: Row = Row { id: "pdk-topic", pointer: "/topic", label: texts::TOPIC, hint: "" };
const NAME: Row = Row { id: "pdk-name", pointer: "/name", label: texts::NAME, hint: texts::NAME_HINT };
const CONTACT: Row = Row { id: "pdk-contact", pointer: "/contact", label: texts::CONTACT, hint: texts::CONTACT_HINT };
const TEXT: Row = Row { id: "pdk-text", pointer: "/text", label: texts::TEXT, hint: texts::TEXT_HINT };

impl App {
    /// The form.
    pub fn form(&self, ctx: &Context<Self>) -> Html {
        let submit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Submit
        });
        let busy = self.sending != Sending::No;
        html! {
            <form novalidate=true onsubmit={submit}>
                { self.summary() }
                { self.topic(ctx) }
                { self.line(ctx, &NAME, "name", MAX_NAME, &self.draft.name, |draft, value| draft.name = value) }
                { self.line(ctx, &CONTACT, "on", MAX_CONTACT, &self.draft.contact, |draft, value| draft.contact = value) }
                { self.words(ctx) }
                { self.parts(ctx) }
                <p>
                    <button type="submit" class="main" aria-disabled={busy.to_string()}>{ texts::SEND }</button>
                </p>
                <p role="status">{ match self.sending {
                    Sending::No => "",
                    Sending::Now => texts::SENDING,
                    Sending::Waits(true) => texts::WAITING,
                    Sending::Waits(false) => texts::WAITING_TAB,
                } }</p>
            </form>
        }
    }

    fn summary(&self) -> Html {
        if self.errors.is_empty() && !self.refused {
            return Html::default();
        }
        let title = match (self.refused, self.errors.is_empty()) {
            (true, true) => texts::REFUSED_BARE,
            (true, false) => texts::REFUSED,
            _ => texts::FIX_ERRORS,
        };
        let target = if self.errors.is_empty() { NodeRef::default() } else { self.target.clone() };
        html! {
            <div class="summary" role="alert" tabindex="-1" ref={target}>
                <p>{ title }</p>
                <ul>{ for self.errors.iter().map(|it| html! { <li>{ it.message.clone() }</li> }) }</ul>
            </div>
        }
    }

    fn error(&self, row: &Row) -> Option<String> {
        self.errors.iter().find(|it| it.pointer == row.pointer).map(|it| it.message.clone())
    }

    /// Label, hint and error around a control.
    fn wrap(&self, row: &Row, control: Html) -> Html {
        html! {
            <div class="field">
                <label for={row.id}>{ row.label }</label>
                if !row.hint.is_empty() {
                    <p class="hint" id={format!("{}-hint", row.id)}>{ row.hint }</p>
                }
                { control }
                if let Some(error) = self.error(row) {
                    <p class="error" id={format!("{}-error", row.id)}>{ error }</p>
                }
            </div>
        }
    }

    /// Value of `aria-invalid` and of `aria-describedby`.
    fn aria(&self, row: &Row) -> (Option<&'static str>, Option<String>) {
        let wrong = self.error(row).is_some();
        let error = wrong.then(|| format!("{}-error", row.id));
        let hint = (!row.hint.is_empty()).then(|| format!("{}-hint", row.id));
        let ids: Vec<_> = error.into_iter().chain(hint).collect();
        (wrong.then_some("true"), (!ids.is_empty()).then(|| ids.join(" ")))
    }

    fn topic(&self, ctx: &Context<Self>) -> Html {
        let change = ctx.link().callback(|event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|it| it.value()).unwrap_or_default();
            Msg::Edit(|draft, value| draft.topic = value, value)
        });
        let (invalid, describedby) = self.aria(&TOPIC);
        let now = &self.draft.topic;
        let control = html! {
            <select id={TOPIC.id} required=true aria-invalid={invalid} aria-describedby={describedby} onchange={change}>
                <option value="" selected={now.is_empty()}>{ texts::TOPIC_EMPTY }</option>
                { for TOPICS.iter().map(|(code, title)| html! {
                    <option value={*code} selected={now == code}>{ *title }</option>
                }) }
            </select>
        };
        self.wrap(&TOPIC, control)
    }

    fn line(
        &self,
        ctx: &Context<Self>,
        row: &Row,
        complete: &'static str,
        max: usize,
        value: &str,
        set: fn(&mut Draft, String),
    ) -> Html {
        let input = ctx.link().callback(move |event: InputEvent| {
            let value = event.target_dyn_into::<HtmlInputElement>().map(|it| it.value()).unwrap_or_default();
            Msg::Edit(set, value)
        });
        let (invalid, describedby) = self.aria(row);
        let control = html! {
            <input id={row.id} type="text" required=true autocomplete={complete} maxlength={max.to_string()}
                aria-invalid={invalid} aria-describedby={describedby} value={value.to_owned()} oninput={input} />
        };
        self.wrap(row, control)
    }

    fn words(&self, ctx: &Context<Self>) -> Html {
        let input = ctx.link().callback(|event: InputEvent| {
            let value = event.target_dyn_into::<HtmlTextAreaElement>().map(|it| it.value()).unwrap_or_default();
            Msg::Edit(|draft, value| draft.text = value, value)
        });
        let (invalid, describedby) = self.aria(&TEXT);
        let control = html! {
            <textarea id={TEXT.id} required=true rows="5" maxlength={MAX_TEXT.to_string()} aria-invalid={invalid}
                aria-describedby={describedby} value={self.draft.text.clone()} oninput={input} />
        };
        self.wrap(&TEXT, control)
    }

    /// «Что мы отправим»: everything besides what is typed above.
    fn parts(&self, ctx: &Context<Self>) -> Html {
        let params = &ctx.props().params;
        let snapshot = &params.snapshot;
        let client = dom::client(&params.build);
        let form = if snapshot.form_title.is_empty() { &snapshot.form } else { &snapshot.form_title };
        let field = params.field.as_deref().unwrap_or_default();
        let field = snapshot.fields.iter().find(|it| it.name == field).map_or(field, |it| &it.label);
        let facts = [
            (texts::CODE, params.code.as_deref().unwrap_or_default()),
            (texts::FIELD, field),
            (texts::FORM, form),
            (texts::PAGE, &snapshot.page),
            (texts::BROWSER, &client.user_agent),
            (texts::LANGUAGE, &client.language),
            (texts::TIME_ZONE, &client.time_zone),
            (texts::VIEWPORT, &client.viewport),
        ];
        html! {
            <section class="parts" aria-labelledby="pdk-parts">
                <h3 id="pdk-parts">{ texts::WHAT_WE_SEND }</h3>
                <ul>
                    { for facts.iter().filter(|it| !it.1.is_empty()).map(|(name, value)| html! {
                        <li>{ *name }{ ": " }{ *value }</li>
                    }) }
                </ul>
                if !snapshot.fields.is_empty() {
                    <h4>{ texts::FIELDS }</h4>
                    <p class="hint">{ texts::WITHOUT_VALUES }</p>
                    <ul>{ for snapshot.fields.iter().map(field_row) }</ul>
                }
                { self.preview(ctx) }
            </section>
        }
    }

    fn preview(&self, ctx: &Context<Self>) -> Html {
        if self.taking {
            return html! { <p role="status">{ texts::PICTURE_TAKING }</p> };
        }
        if self.picture.is_none() {
            return Html::default();
        }
        let toggle = ctx.link().callback(|event: Event| {
            Msg::WithPicture(event.target_dyn_into::<HtmlInputElement>().is_some_and(|it| it.checked()))
        });
        html! {
            <>
                <p class="check">
                    <input id="pdk-picture" type="checkbox" checked={self.with_picture} onchange={toggle} />
                    <label for="pdk-picture">{ texts::PICTURE }</label>
                </p>
                if self.with_picture {
                    <canvas ref={self.canvas.clone()} role="img" aria-label={texts::PICTURE_ALT} />
                }
            </>
        }
    }
}

fn field_row(field: &FieldState) -> Html {
    let label = if field.label.is_empty() { &field.name } else { &field.label };
    let state = match (&field.code, field.valid, field.length_class.as_str()) {
        (Some(code), ..) => format!("{} ({code})", texts::FIELD_FAULT),
        (None, _, "empty") => texts::FIELD_EMPTY.to_owned(),
        (None, true, _) => texts::FIELD_VALID.to_owned(),
        (None, false, _) => texts::FIELD_FAULT.to_owned(),
    };
    html! {
        <li>
            { label.clone() }{ ": " }
            if !field.shape.is_empty() {
                <code>{ field.shape.clone() }</code>{ ", " }
            }
            { state }
        </li>
    }
}

/// Draws the picture into the canvas: a `blob:` image would be refused by the policy of the page.
pub async fn draw(canvas: HtmlCanvasElement, picture: &Blob) -> Option<()> {
    let promise = dom::window()?.create_image_bitmap_with_blob(picture).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    canvas.set_width(bitmap.width());
    canvas.set_height(bitmap.height());
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0).ok()
}
