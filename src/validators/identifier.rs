//! The type of a checked value, the same for every kind.

/// Declares a newtype that only a check can make, with `check`, its strict form `validate`, and the official spelling.
macro_rules! identifier {
    ($(#[$doc:meta])* $type:ident, $kind:ident, main) => {
        identifier!($(#[$doc])* $type, $kind);

        /// Clean, characters, length, components, checksum.
        pub fn check(text: &str, ctx: &$crate::verdict::Context) -> $crate::verdict::Verdict<$type> {
            $type::check(text, ctx)
        }

        /// The strict form of [`check`]: an unfinished number is a fault too.
        pub fn validate(text: &str, ctx: &$crate::verdict::Context) -> Result<$type, $crate::verdict::Fault> {
            $type::validate(text, ctx)
        }
    };
    ($(#[$doc:meta])* $type:ident, $kind:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $type($crate::verdict::Value);

        impl $type {
            /// Clean, characters, length, components, checksum.
            pub fn check(text: &str, ctx: &$crate::verdict::Context) -> $crate::verdict::Verdict<Self> {
                $crate::validators::check($crate::validators::Kind::$kind, text, ctx).map(Self)
            }

            /// The strict form of [`check`](Self::check): an unfinished number is a fault too.
            pub fn validate(
                text: &str,
                ctx: &$crate::verdict::Context,
            ) -> Result<Self, $crate::verdict::Fault> {
                $crate::validators::validate($crate::validators::Kind::$kind, text, ctx).map(Self)
            }

            /// The canonical form.
            pub fn as_str(&self) -> &str {
                &self.0.canonical
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0.display)
            }
        }
    };
}
