//! The names under which a WebAssembly module asks for its imports, made short.
//!
//! wasm-bindgen puts a digest into each of them, once in the module and once in the script: bytes that brotli cannot shrink.

use anyhow::{Context, bail};

/// Section of the imports, and the kind of import that is a function.
const IMPORTS: u8 = 2;
const FUNCTION: u8 = 0;
/// Before the first section: the magic word and the version.
const HEAD: usize = 8;

/// An import: the module it comes from, and its name there.
pub type Import = (String, String);

/// The module with its imports named by `name` after their places, all from the module `from`; and what they were.
pub fn shorten(wasm: &[u8], from: &str, name: impl Fn(usize) -> String) -> anyhow::Result<(Vec<u8>, Vec<Import>)> {
    let (head, sections) = wasm.split_at_checked(HEAD).context("the module ends too soon")?;
    let (mut out, mut rest) = (head.to_vec(), Reader(sections));
    let mut imports = Vec::new();
    while !rest.0.is_empty() {
        let section = rest.byte()?;
        let mut content = Reader(rest.bytes()?);
        let mut new = Vec::new();
        if section == IMPORTS {
            let count = content.number()?;
            push_number(&mut new, count);
            for place in 0..count {
                imports.push((content.text()?, content.text()?));
                if content.byte()? != FUNCTION {
                    bail!("{:?}: only functions can be imported", imports.last());
                }
                for text in [from, &name(place)] {
                    push_bytes(&mut new, text.as_bytes());
                }
                new.push(FUNCTION);
                push_number(&mut new, content.number()?);
            }
        } else {
            new.extend(content.0);
        }
        out.push(section);
        push_bytes(&mut out, &new);
    }
    Ok((out, imports))
}

fn push_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    push_number(out, bytes.len());
    out.extend(bytes);
}

/// LEB128, as all numbers of the format are.
fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> anyhow::Result<u8> {
        let (first, rest) = self.0.split_first().context("the module ends too soon")?;
        self.0 = rest;
        Ok(*first)
    }

    fn number(&mut self) -> anyhow::Result<usize> {
        let mut out = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            out |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(out);
            }
        }
        bail!("a number of the module is too long")
    }

    fn bytes(&mut self) -> anyhow::Result<&'a [u8]> {
        let length = self.number()?;
        let (bytes, rest) = self.0.split_at_checked(length).context("the module ends too soon")?;
        self.0 = rest;
        Ok(bytes)
    }

    fn text(&mut self) -> anyhow::Result<String> {
        Ok(String::from_utf8(self.bytes()?.to_vec())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A type, two imports of it, and a section that follows them.
    const MODULE: &[u8] =
        b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x1a\x02\x06./a.js\x04long\0\0\x01b\x06longer\0\0\x05\x03\x01\0\x01";

    #[test]
    fn imports_get_short_names_and_all_else_stays() {
        let (short, imports) = shorten(MODULE, "i", |place| place.to_string()).unwrap();
        assert_eq!(
            short,
            b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x0d\x02\x01i\x010\0\0\x01i\x011\0\0\x05\x03\x01\0\x01"
        );
        assert_eq!(imports, [("./a.js".into(), "long".into()), ("b".into(), "longer".into())]);
    }

    #[test]
    fn what_is_cut_off_or_no_function_is_refused() {
        for length in HEAD + 1..MODULE.len() {
            let whole_section = length == 14 || length == 42;
            assert_eq!(shorten(&MODULE[..length], "i", |_| String::new()).is_ok(), whole_section, "{length}");
        }
        let memory = MODULE.iter().rposition(|byte| *byte == b'r').unwrap() + 1;
        let mut changed = MODULE.to_vec();
        changed[memory] = 2;
        assert!(shorten(&changed, "i", |_| String::new()).is_err());
    }

    #[test]
    fn long_numbers_are_written_as_they_are_read() {
        for number in [0, 127, 128, 16_384, 70_000] {
            let mut out = Vec::new();
            push_number(&mut out, number);
            assert_eq!(Reader(&out).number().unwrap(), number);
        }
    }
}
