//! The forms under our care and what each event of the page does to them.

use podskazka::messages::Words;
use podskazka::verdict::Day;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

use crate::dom::{self, Sheet, all, document, get, set};
use crate::field::{FIELDS, Field, eligible};
use crate::formbox::FormBox;

/// Marks a form that we look after.
pub const FORM: &str = "form[data-podskazka-form]";

/// What touches the page's own code runs after our state is released: that code may call us back.
pub enum Later {
    Fire(Element, &'static str, Vec<(&'static str, JsValue)>),
    Focus(Element),
    Write(Element, String),
    Override { form: Element, submitter: Option<Element>, novalidate: bool },
    Timer,
}

pub struct App {
    pub today: Day,
    pub words: Words,
    /// Offer to send a form with errors.
    pub overridable: bool,
    pub forms: Vec<FormBox>,
    pub sheet: Option<Sheet>,
    /// Index of the form that was used last.
    active: usize,
    next_id: u32,
    pointer_down: bool,
    pending: Vec<Element>,
}

impl App {
    pub fn new(today: Day, words: Words, overridable: bool) -> Self {
        Self {
            today,
            words,
            overridable,
            forms: Vec::new(),
            sheet: None,
            active: 0,
            next_id: 1,
            pointer_down: false,
            pending: Vec::new(),
        }
    }

    /// Take care of everything marked on the page; let go of forms that have left it.
    pub fn scan(&mut self) {
        let Some(doc) = document() else { return };
        let gone = |form: &FormBox| form.el.as_ref().is_some_and(|el| !el.is_connected());
        if self.forms.iter().any(gone) {
            self.active = 0;
            self.forms.iter_mut().filter(|f| gone(f)).for_each(FormBox::release);
            self.forms.retain(|f| !gone(f));
        }
        for form in all(&doc, FORM) {
            self.form_of(Some(&form));
        }
        for el in all(&doc, "[data-podskazka]") {
            self.locate(&el);
        }
    }

    fn form_of(&mut self, form: Option<&Element>) -> usize {
        if let Some(at) = self.forms.iter().position(|f| f.el.as_ref() == form) {
            return at;
        }
        let mut added = FormBox::new(form.cloned(), self.today, self.words.clone());
        added.rescan(&mut self.next_id);
        self.forms.push(added);
        self.forms.len() - 1
    }

    /// The form and the field of an element; new ones are taken in.
    fn locate(&mut self, el: &Element) -> Option<(usize, usize)> {
        if !eligible(el) {
            return None;
        }
        let owner: Option<Element> = get(el, "form").dyn_into().ok();
        let owner = owner.filter(|f| f.matches(FORM).unwrap_or(false));
        if owner.is_none() && !el.has_attribute("data-podskazka") {
            return None;
        }
        let at = self.form_of(owner.as_ref());
        let form = self.forms.get_mut(at)?;
        let field = form.take_in(el, &mut self.next_id)?;
        Some((at, field))
    }

    pub fn on_input(&mut self, event: &Event) -> Vec<Later> {
        let mut later = Vec::new();
        if let Some((at, index)) = target(event).and_then(|el| self.locate(&el)) {
            self.active = at;
            if let Some(form) = self.forms.get_mut(at)
                && let Some((id, text, host)) = form.read(index)
            {
                form.session.host_error(id, host);
                let effects = form.session.input(id, &text);
                form.apply(effects, None, &mut later);
            }
        }
        later
    }

    pub fn on_focusout(&mut self, event: &Event) -> Vec<Later> {
        let Some(el) = target(event) else { return Vec::new() };
        let Some((at, index)) = self.locate(&el) else { return Vec::new() };
        // The window lost the focus, not the field; or it went to the next button of the same group.
        let still = document().and_then(|d| d.active_element()).as_ref() == Some(&el);
        let next: Option<Element> = get(event, "relatedTarget").dyn_into().ok();
        let same = self.forms.get(at).and_then(|f| f.fields.get(index)).zip(next).is_some_and(|(f, n)| f.owns(&n));
        if still || same {
            return Vec::new();
        }
        if self.pointer_down {
            // A message now would move the button from under the pointer.
            self.pending.push(el);
            return Vec::new();
        }
        self.leave(&el)
    }

    fn leave(&mut self, el: &Element) -> Vec<Later> {
        let mut later = Vec::new();
        if let Some((at, index)) = self.locate(el)
            && let Some(form) = self.forms.get_mut(at)
            && let Some((id, text, host)) = form.read(index)
        {
            form.session.host_error(id, host);
            let effects = form.session.blur(id, &text);
            form.apply(effects, None, &mut later);
        }
        later
    }

    pub fn on_pointer(&mut self, event: &Event) -> Vec<Later> {
        if event.type_() == "pointerdown" {
            self.pointer_down = true;
            return Vec::new();
        }
        vec![Later::Timer]
    }

    /// The pointer is up and its click has been delivered.
    pub fn on_timer(&mut self) -> Vec<Later> {
        self.pointer_down = false;
        let mut later = Vec::new();
        let active = document().and_then(|d| d.active_element());
        for el in std::mem::take(&mut self.pending) {
            if active.as_ref() != Some(&el) && el.is_connected() {
                later.extend(self.leave(&el));
            }
        }
        later
    }

    pub fn on_submit(&mut self, event: &Event) -> Vec<Later> {
        let mut later = Vec::new();
        let Some(el) = target(event).filter(|el| el.matches(FORM).unwrap_or(false)) else { return later };
        let submitter: Option<Element> = get(event, "submitter").dyn_into().ok();
        if submitter.as_ref().is_some_and(|s| get(s, "formNoValidate").is_truthy()) {
            return later;
        }
        let at = self.form_of(Some(&el));
        self.active = at;
        self.pending.clear();
        let overridable = self.overridable;
        let Some(form) = self.forms.get_mut(at) else { return later };
        form.rescan(&mut self.next_id);
        form.submitter = submitter;
        let texts = form.texts();
        let texts: Vec<(u32, &str)> = texts.iter().map(|(id, text)| (*id, text.as_str())).collect();
        let effects = form.session.submit(&texts);
        if form.apply(effects, Some(overridable), &mut later) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
        later
    }

    pub fn on_reset(&mut self, event: &Event) -> Vec<Later> {
        let mut later = Vec::new();
        let Some(el) = target(event) else { return later };
        if let Some(form) = self.forms.iter_mut().find(|f| f.el.as_ref() == Some(&el)) {
            let effects = form.session.reset();
            form.apply(effects, None, &mut later);
        }
        later
    }

    pub fn on_click(&mut self, event: &Event) -> Vec<Later> {
        let Some(el) = target(event).and_then(|el| el.closest("[data-pdk]").ok().flatten()) else { return Vec::new() };
        let action = el.get_attribute("data-pdk").unwrap_or_default();
        let mut words = action.split(' ');
        let verb = words.next().unwrap_or_default();
        let id: Option<u32> = words.next().and_then(|w| w.parse().ok());
        let index: usize = words.next().and_then(|w| w.parse().ok()).unwrap_or_default();
        let Some((form, field)) = self.owner(verb, id) else { return Vec::new() };
        event.prevent_default();
        match (verb, field) {
            ("send", _) => form.send_anyway(),
            ("go", Some(field)) => vec![Later::Focus(field.el.clone())],
            ("why", Some(field)) => {
                let code = field.code.clone().unwrap_or_default();
                vec![Later::Fire(field.el.clone(), "podskazka:why", field.detail(&form.name, &code))]
            }
            ("fix", Some(field)) => {
                let code = field.code.clone().unwrap_or_default();
                let Some(value) = field.fixes.get(index).cloned() else { return Vec::new() };
                let fire = Later::Fire(field.el.clone(), "podskazka:fix", field.detail(&form.name, &code));
                vec![Later::Write(field.el.clone(), value), fire]
            }
            _ => Vec::new(),
        }
    }

    fn owner(&self, verb: &str, id: Option<u32>) -> Option<(&FormBox, Option<&Field>)> {
        let id = id?;
        if verb == "send" {
            return self.forms.iter().find(|f| f.number == id).map(|f| (f, None));
        }
        self.forms.iter().find_map(|f| Some((f, Some(f.fields.iter().find(|x| x.id == id)?))))
    }

    /// The form that was used last, brought up to date.
    pub fn current(&mut self) -> Option<&mut FormBox> {
        self.scan();
        let form = self.forms.get_mut(self.active)?;
        form.rescan(&mut self.next_id);
        form.observe();
        Some(form)
    }

    /// A field by name: first in the form that was used last.
    pub fn named(&self, name: &str) -> Option<Element> {
        let first = self.forms.get(self.active);
        let field = first.into_iter().chain(&self.forms).flat_map(|f| &f.fields).find(|f| f.name == name)?;
        Some(field.el.clone())
    }

    /// Leave the page as it was found.
    pub fn release(&mut self) {
        for form in &mut self.forms {
            form.release();
        }
        if let Some(sheet) = self.sheet.take() {
            dom::abandon(&sheet);
        }
    }
}

/// Fields below `scope` that belong to a form.
pub fn fields_of(form: &Element) -> Vec<Element> {
    let mut found = all(form, FIELDS);
    let id = form.id();
    if !id.is_empty()
        && let Some(doc) = document()
    {
        // Fields elsewhere that name the form in their `form` attribute.
        found.extend(all(&doc, "[form]").into_iter().filter(|el| el.get_attribute("form").as_deref() == Some(&id)));
    }
    found.retain(eligible);
    found
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// An empty place for words that only a screen reader says.
pub fn live_region(parent: &Element) -> Option<Element> {
    let live = dom::put(parent, "div", "pdk-hidden", "")?;
    set(&live, "role", "status");
    set(&live, "aria-live", "polite");
    Some(live)
}
