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
use web_sys::SubmitEvent;
use yew::{Callback, Html, NodeRef, html};

use crate::{
    act::{Act, Part, Send},
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
    /// Its editor could not be loaded.
    pub no_editor: bool,
    pub canvas: NodeRef,
    /// Takes the focus: the list of errors.
    pub target: NodeRef,
    pub send: &'a Send,
}

/// One line of the form.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    Topic,
    Name,
    Contact,
    Text,
}

use Line::{Contact, Name, Text, Topic};

impl Line {
    const ALL: [Line; 4] = [Topic, Name, Contact, Text];

    /// Id, place in the letter, label, hint.
    fn parts(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Topic => ("pdk-topic", "/topic", texts::topic(), ""),
            Name => ("pdk-name", "/name", texts::name(), texts::name_hint()),
            Contact => ("pdk-contact", "/contact", texts::contact(), texts::contact_hint()),
            Text => ("pdk-text", "/text", texts::text(), texts::text_hint()),
        }
    }
}

pub fn view(props: &Props) -> Html {
    let send = props.send.clone();
    let submit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        send.emit(Act::Submit);
    });
    let (busy, press) = if props.post.sending { ("true", texts::sending()) } else { ("false", texts::send()) };
    let draft = &props.post.draft;
    html! {
        <form novalidate=true onsubmit={submit}>
            { summary(props) }
            { topic(props) }
            { line(props, Name, "name", MAX_NAME, &draft.name, |it| Act::Edit(Part::Name, it)) }
            { line(props, Contact, "on", MAX_CONTACT, &draft.contact, |it| Act::Edit(Part::Contact, it)) }
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
        (true, true) if *bare => texts::no_picture(),
        (true, true) => texts::refused_bare(),
        (true, false) => texts::refused(),
        _ => texts::fix_errors(),
    };
    let line = |pointer: &str| Line::ALL.map(Line::parts).into_iter().find(|it| it.1 == pointer);
    html! {
        <div class="summary" role="alert" aria-labelledby="pdk-errors" tabindex="-1" ref={props.target.clone()}>
            <p id="pdk-errors">{ title }</p>
            <ul>{ for errors.iter().map(|it| {
                let words = texts::fault(&it.pointer, &it.code, &it.message);
                // A link to a part of the page would change the address of the page.
                match line(&it.pointer) {
                    Some((id, ..)) => html! { <li>{ button("link", words, props.send, Act::Focus(id)) }</li> },
                    None => html! { <li>{ words }</li> },
                }
            }) }</ul>
        </div>
    }
}

fn error(props: &Props, line: Line) -> Option<String> {
    let fault = props.post.errors.iter().find(|it| it.pointer == line.parts().1)?;
    Some(texts::fault(&fault.pointer, &fault.code, &fault.message))
}

/// Label, hint and error around a control.
fn wrap(props: &Props, line: Line, control: Html) -> Html {
    let (id, _, label, hint) = line.parts();
    html! {
        <div class="field">
            <label for={id}>{ label }</label>
            if !hint.is_empty() {
                <p class="hint" id={[id, "-hint"].concat()}>{ hint }</p>
            }
            { control }
            if let Some(error) = error(props, line) {
                <p class="error" id={[id, "-error"].concat()}>{ error }</p>
            }
        </div>
    }
}

/// Value of `aria-invalid` and of `aria-describedby`.
fn aria(props: &Props, line: Line) -> (Option<&'static str>, Option<String>) {
    let (id, _, _, hint) = line.parts();
    let wrong = error(props, line).is_some();
    let ids = match (wrong, hint.is_empty()) {
        (true, false) => Some([id, "-error ", id, "-hint"].concat()),
        (true, true) => Some([id, "-error"].concat()),
        (false, false) => Some([id, "-hint"].concat()),
        (false, true) => None,
    };
    (wrong.then_some("true"), ids)
}

fn topic(props: &Props) -> Html {
    let (invalid, describedby) = aria(props, Topic);
    let now = props.post.draft.topic.as_str();
    let change = chosen(props.send, |it| Act::Edit(Part::Topic, it));
    let control = html! {
        <select id={Topic.parts().0} required=true aria-invalid={invalid} aria-describedby={describedby} onchange={change}>
            <option value="" selected={now.is_empty()}>{ texts::topic_empty() }</option>
            { for TOPICS.iter().zip(texts::topics().split('|')).map(|((code, _), title)| html! {
                <option value={*code} selected={now == *code}>{ title }</option>
            }) }
        </select>
    };
    wrap(props, Topic, control)
}

fn line(props: &Props, line: Line, complete: &'static str, max: usize, value: &str, act: fn(String) -> Act) -> Html {
    let (invalid, describedby) = aria(props, line);
    let control = html! {
        <input id={line.parts().0} type="text" required=true autocomplete={complete} maxlength={max.to_string()}
            aria-invalid={invalid} aria-describedby={describedby} value={value.to_owned()}
            oninput={typed(props.send, act)} />
    };
    wrap(props, line, control)
}

fn words(props: &Props) -> Html {
    let (invalid, describedby) = aria(props, Text);
    let input = typed(props.send, |it| Act::Edit(Part::Text, it));
    let control = html! {
        <textarea id={Text.parts().0} required=true rows="5" maxlength={MAX_TEXT.to_string()} aria-invalid={invalid}
            aria-describedby={describedby} value={props.post.draft.text.clone()} oninput={input} />
    };
    wrap(props, Text, control)
}

/// «Что мы отправим»: everything besides what is typed above.
fn parts(props: &Props) -> Html {
    let Props { snapshot, client, .. } = props;
    let form = if snapshot.form_title.is_empty() { &snapshot.form } else { &snapshot.form_title };
    let field = snapshot.fields.iter().find(|it| it.name == props.field).map_or(props.field, |it| &it.label);
    let facts: [(&str, &str); 9] = [
        (texts::code(), props.code),
        (texts::trace(), snapshot.trace.as_deref().unwrap_or_default()),
        (texts::field(), field),
        (texts::form(), form),
        (texts::page(), &snapshot.page),
        (texts::browser(), &client.user_agent),
        (texts::language(), &client.language),
        (texts::time_zone(), &client.time_zone),
        (texts::viewport(), &client.viewport),
    ];
    html! {
        <section class="parts" aria-labelledby="pdk-parts">
            <h3 id="pdk-parts">{ texts::what_we_send() }</h3>
            <ul>
                { for facts.iter().filter(|it| !it.1.is_empty()).map(|(name, value)| html! {
                    <li>{ *name }{ ": " }{ (*value).to_owned() }</li>
                }) }
            </ul>
            if !props.access.is_empty() {
                <h4>{ texts::access_part() }</h4>
                <ul>{ for props.access.iter().map(|line| html! { <li><code>{ line.clone() }</code></li> }) }</ul>
                { button("link", texts::access_drop(), props.send, Act::Attach(Vec::new())) }
            }
            if !snapshot.fields.is_empty() {
                <h4>{ texts::fields() }</h4>
                <p class="hint">{ texts::without_values() }</p>
                <ul>{ for snapshot.fields.iter().map(field_row) }</ul>
            }
            if props.taking {
                <p>{ texts::picture_taking() }</p>
            } else if let Some(on) = props.picture {
                <p class="check">
                    <input id="pdk-picture" type="checkbox" checked={on} onclick={press(props.send, Act::WithPicture)} />
                    <label for="pdk-picture">{ texts::picture() }</label>
                </p>
                if on {
                    <canvas ref={props.canvas.clone()} role="img" aria-label={texts::picture_alt()} />
                    <p class="end">{ button("quiet", texts::picture_edit(), props.send, Act::EditPicture) }</p>
                    if props.no_editor {
                        <p class="error">{ texts::no_editor() }</p>
                    }
                }
            }
        </section>
    }
}

fn field_row(field: &FieldState) -> Html {
    let label = if field.label.is_empty() { &field.name } else { &field.label };
    let state = match (&field.code, field.valid, field.length_class.as_str()) {
        (Some(code), ..) => [texts::field_fault(), " (", code, ")"].concat(),
        (None, _, "empty") => texts::field_empty().to_owned(),
        (None, true, _) => texts::field_valid().to_owned(),
        (None, false, _) => texts::field_fault().to_owned(),
    };
    let shown = field.value.as_ref().unwrap_or(&field.shape);
    html! {
        <li>
            { label.clone() }{ ": " }
            if !shown.is_empty() {
                <code>{ shown.clone() }</code>{ ", " }
            }
            { state }
        </li>
    }
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
            no_editor: picture == Some(true) && post.refused,
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
