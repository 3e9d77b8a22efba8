//! The letter to the support and the list of what goes with it.
//!
//! **Accessibility criteria**
//! - Each control MUST have a visible label, its hint and its error tied to it.
//! - A letter with errors MUST put the focus once on the list of them, and each entry MUST lead to its control.
//! - Everything that will be sent MUST be readable as text before it goes.

use podskazka::{
    ticket::{MAX_CONTACT, MAX_NAME, MAX_TEXT, TOPICS},
    wire::{Client, FieldState, Snapshot},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, SubmitEvent};
use yew::{Callback, Html, NodeRef, html};

use crate::{
    act::{Act, Part, Send},
    dom,
    letter::Post,
    texts,
    ui::{button, chosen, press, typed},
};

pub struct Props<'a> {
    /// What is typed, its errors, how the sending stands.
    pub post: &'a Post,
    pub snapshot: &'a Snapshot,
    pub client: Client,
    /// What the access check has found; goes along until it is taken out.
    pub access: &'a [String],
    /// Code of the error that the panel was opened from; empty where there is none.
    pub code: &'a str,
    /// Name of the field that the panel was opened from; empty where there is none.
    pub field: &'a str,
    /// The picture is being made.
    pub taking: bool,
    /// Whether it goes along; `None` where there is none.
    pub picture: Option<bool>,
    pub canvas: NodeRef,
    /// Takes the focus: the list of errors.
    pub target: NodeRef,
    pub send: &'a Send,
}

/// One line of the form.
struct Line {
    id: &'static str,
    pointer: &'static str,
    label: &'static str,
    hint: &'static str,
}

const TOPIC: Line = Line { id: "pdk-topic", pointer: "/topic", label: texts::TOPIC, hint: "" };
const NAME: Line = Line { id: "pdk-name", pointer: "/name", label: texts::NAME, hint: texts::NAME_HINT };
const CONTACT: Line = Line { id: "pdk-contact", pointer: "/contact", label: texts::CONTACT, hint: texts::CONTACT_HINT };
const TEXT: Line = Line { id: "pdk-text", pointer: "/text", label: texts::TEXT, hint: texts::TEXT_HINT };

pub fn view(props: &Props) -> Html {
    let send = props.send.clone();
    let submit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        send.emit(Act::Submit);
    });
    let (busy, press) = if props.post.sending { ("true", texts::SENDING) } else { ("false", texts::SEND) };
    let draft = &props.post.draft;
    html! {
        <form novalidate=true onsubmit={submit}>
            { summary(props) }
            { topic(props) }
            { line(props, &NAME, "name", MAX_NAME, &draft.name, |it| Act::Edit(Part::Name, it)) }
            { line(props, &CONTACT, "on", MAX_CONTACT, &draft.contact, |it| Act::Edit(Part::Contact, it)) }
            { words(props) }
            { parts(props) }
            <p><button type="submit" class="main" aria-disabled={busy}>{ press }</button></p>
        </form>
    }
}

fn summary(props: &Props) -> Html {
    let Post { errors, refused, bare, .. } = props.post;
    if errors.is_empty() && !refused {
        return Html::default();
    }
    let title = match (refused, errors.is_empty()) {
        (true, true) if *bare => texts::NO_PICTURE,
        (true, true) => texts::REFUSED_BARE,
        (true, false) => texts::REFUSED,
        _ => texts::FIX_ERRORS,
    };
    let line = |pointer: &str| [&TOPIC, &NAME, &CONTACT, &TEXT].into_iter().find(|it| it.pointer == pointer);
    html! {
        <div class="summary" role="alert" aria-labelledby="pdk-errors" tabindex="-1" ref={props.target.clone()}>
            <p id="pdk-errors">{ title }</p>
            <ul>{ for errors.iter().map(|it| {
                let words = it.message.clone();
                // A link to a part of the page would change the address of the page.
                match line(&it.pointer) {
                    Some(line) => html! { <li>{ button("link", words, props.send, Act::Focus(line.id)) }</li> },
                    None => html! { <li>{ words }</li> },
                }
            }) }</ul>
        </div>
    }
}

fn error<'a>(props: &'a Props, line: &Line) -> Option<&'a str> {
    props.post.errors.iter().find(|it| it.pointer == line.pointer).map(|it| it.message.as_str())
}

/// Label, hint and error around a control.
fn wrap(props: &Props, line: &Line, control: Html) -> Html {
    html! {
        <div class="field">
            <label for={line.id}>{ line.label }</label>
            if !line.hint.is_empty() {
                <p class="hint" id={[line.id, "-hint"].concat()}>{ line.hint }</p>
            }
            { control }
            if let Some(error) = error(props, line) {
                <p class="error" id={[line.id, "-error"].concat()}>{ error.to_owned() }</p>
            }
        </div>
    }
}

/// Value of `aria-invalid` and of `aria-describedby`.
fn aria(props: &Props, line: &Line) -> (Option<&'static str>, Option<String>) {
    let wrong = error(props, line).is_some();
    let ids = match (wrong, line.hint.is_empty()) {
        (true, false) => Some([line.id, "-error ", line.id, "-hint"].concat()),
        (true, true) => Some([line.id, "-error"].concat()),
        (false, false) => Some([line.id, "-hint"].concat()),
        (false, true) => None,
    };
    (wrong.then_some("true"), ids)
}

fn topic(props: &Props) -> Html {
    let (invalid, describedby) = aria(props, &TOPIC);
    let now = props.post.draft.topic.as_str();
    let change = chosen(props.send, |it| Act::Edit(Part::Topic, it));
    let control = html! {
        <select id={TOPIC.id} required=true aria-invalid={invalid} aria-describedby={describedby} onchange={change}>
            <option value="" selected={now.is_empty()}>{ texts::TOPIC_EMPTY }</option>
            { for TOPICS.iter().map(|(code, title)| html! {
                <option value={*code} selected={now == *code}>{ *title }</option>
            }) }
        </select>
    };
    wrap(props, &TOPIC, control)
}

fn line(props: &Props, line: &Line, complete: &'static str, max: usize, value: &str, act: fn(String) -> Act) -> Html {
    let (invalid, describedby) = aria(props, line);
    let control = html! {
        <input id={line.id} type="text" required=true autocomplete={complete} maxlength={max.to_string()}
            aria-invalid={invalid} aria-describedby={describedby} value={value.to_owned()}
            oninput={typed(props.send, act)} />
    };
    wrap(props, line, control)
}

fn words(props: &Props) -> Html {
    let (invalid, describedby) = aria(props, &TEXT);
    let input = typed(props.send, |it| Act::Edit(Part::Text, it));
    let control = html! {
        <textarea id={TEXT.id} required=true rows="5" maxlength={MAX_TEXT.to_string()} aria-invalid={invalid}
            aria-describedby={describedby} value={props.post.draft.text.clone()} oninput={input} />
    };
    wrap(props, &TEXT, control)
}

/// «Что мы отправим»: everything besides what is typed above.
fn parts(props: &Props) -> Html {
    let Props { snapshot, client, .. } = props;
    let form = if snapshot.form_title.is_empty() { &snapshot.form } else { &snapshot.form_title };
    let field = snapshot.fields.iter().find(|it| it.name == props.field).map_or(props.field, |it| &it.label);
    let facts: [(&str, &str); 8] = [
        (texts::CODE, props.code),
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
                    <li>{ *name }{ ": " }{ (*value).to_owned() }</li>
                }) }
            </ul>
            if !props.access.is_empty() {
                <h4>{ texts::ACCESS_PART }</h4>
                <ul>{ for props.access.iter().map(|line| html! { <li><code>{ line.clone() }</code></li> }) }</ul>
                { button("link", texts::ACCESS_DROP, props.send, Act::Attach(Vec::new())) }
            }
            if !snapshot.fields.is_empty() {
                <h4>{ texts::FIELDS }</h4>
                <p class="hint">{ texts::WITHOUT_VALUES }</p>
                <ul>{ for snapshot.fields.iter().map(field_row) }</ul>
            }
            if props.taking {
                <p>{ texts::PICTURE_TAKING }</p>
            } else if let Some(on) = props.picture {
                <p class="check">
                    <input id="pdk-picture" type="checkbox" checked={on} onclick={press(props.send, Act::WithPicture)} />
                    <label for="pdk-picture">{ texts::PICTURE }</label>
                </p>
                if on {
                    <canvas ref={props.canvas.clone()} role="img" aria-label={texts::PICTURE_ALT} />
                }
            }
        </section>
    }
}

fn field_row(field: &FieldState) -> Html {
    let label = if field.label.is_empty() { &field.name } else { &field.label };
    let state = match (&field.code, field.valid, field.length_class.as_str()) {
        (Some(code), ..) => [texts::FIELD_FAULT, " (", code, ")"].concat(),
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

/// States of the view for the gallery and the markup test.
#[cfg(test)]
pub fn examples() -> Vec<(&'static str, Html)> {
    let send = Send::noop();
    let snapshot = crate::examples::snapshot();
    let wrong = Post { errors: podskazka::ticket::check(&Default::default()), ..Post::default() };
    let sending = Post { sending: true, ..Post::default() };
    let refused = Post { refused: true, ..Post::default() };
    let bare = Post { refused: true, bare: true, ..Post::default() };
    let access = ["access.clock.ahead 620".to_owned()];
    let show = |post, picture, taking| {
        view(&Props {
            post,
            snapshot: &snapshot,
            client: Client { user_agent: "Браузер 1.0".into(), viewport: "390x844".into(), ..Client::default() },
            access: &access,
            code: "inn.checksum",
            field: "inn",
            taking,
            picture,
            canvas: NodeRef::default(),
            target: NodeRef::default(),
            send: &send,
        })
    };
    vec![
        ("default", show(&Post::default(), Some(true), false)),
        ("errors", show(&wrong, Some(false), false)),
        ("sending", show(&sending, None, true)),
        ("refused", show(&refused, None, false)),
        ("picture refused", show(&bare, Some(false), false)),
    ]
}
