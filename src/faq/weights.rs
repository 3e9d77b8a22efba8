//! Weights (tuning build).
use super::index::Field;
use std::sync::OnceLock;

macro_rules! weights {
    ($($name:ident = $value:expr),* $(,)?) => {
        #[derive(Clone, Copy, Debug)]
        pub(super) struct Weights { $(pub $name: f32),* }
        static W: OnceLock<Weights> = OnceLock::new();
        pub(super) fn w() -> &'static Weights {
            W.get_or_init(|| {
                let mut w = Weights { $($name: $value),* };
                for kv in std::env::var("TUNE").unwrap_or_default().split(',') {
                    if let Some((k, v)) = kv.split_once('=') {
                        let v: f32 = v.parse().unwrap_or(0.0);
                        match k { $(stringify!($name) => w.$name = v,)* _ => eprintln!("no weight {k}") }
                    }
                }
                w
            })
        }
    };
}
weights! {
    title = 4.0, asked = 3.0, keywords = 2.0, heading = 1.5, body = 1.0,
    length = 0.75, k1 = 2.2,
    cov = 1.0,
    fuzzy_known = 1.0, fuzzy_unknown = 1.0, fuzzy_min = 0.4,
    synonym = 0.6, same = 0.7, same_min = 0.6, weak_idf = 1.0, weak = 0.5, near_stop = 1.0,
    title_cov = 1.0, asked_cov = 1.0, passage = 0.0, passage_u = 0.0, adjacent = 0.0,
    dl = 1.0, surf = 1.0, pool = 64.0, shingle = 0.3, shingle_k = 1.2, shingle_title = 3.0, idf_pow = 0.0,
}
impl Weights {
    pub fn shingle_field(&self, field: Field) -> f32 {
        match field {
            Field::Title => self.shingle_title,
            Field::Asked => self.asked,
            Field::Keywords => self.keywords,
            Field::Heading => self.heading,
            Field::Body => 1.0,
        }
    }
    pub fn field(&self, field: Field) -> f32 {
        match field {
            Field::Title => self.title,
            Field::Asked => self.asked,
            Field::Keywords => self.keywords,
            Field::Heading => self.heading,
            Field::Body => self.body,
        }
    }
}
