//! Artificial files, as scanners, offices and LibreOffice write them, and what hides in such files.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn stream(number: usize, dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("{number} 0 obj\n<< /Length {} {dict} >>\nstream\r\n", data.len());
    [head.as_bytes(), data, b"\r\nendstream\nendobj\n"].concat()
}

/// An object stream of these objects, numbered from 10, with its bytes as `pack` leaves them.
fn object_stream(objects: &[&str], filter: &str, pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let (mut list, mut all) = (String::new(), String::new());
    for (index, object) in objects.iter().enumerate() {
        list.push_str(&format!("{} {} ", 10 + index, all.len()));
        all.push_str(object);
        all.push(' ');
    }
    let dict = format!("/Type /ObjStm /N {} /First {} {filter}", objects.len(), list.len());
    stream(9, &dict, &pack(format!("{list}{all}").as_bytes()))
}

fn flate(objects: &[&str]) -> Vec<u8> {
    object_stream(objects, "/Filter /FlateDecode", packed)
}

fn file(parts: &[&[u8]]) -> Vec<u8> {
    let end: &[u8] = b"trailer\n<< /Size 20 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";
    [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".as_slice(), &parts.concat(), end].concat()
}

#[track_caller]
fn check(parts: &[&[u8]], expected: Result<(), Fault>) {
    assert_eq!(super::check(&file(parts)), expected, "{}", String::from_utf8_lossy(&parts.concat()));
}

#[track_caller]
fn refuses(object: &str) {
    check(&[format!("1 0 obj\n{object}\nendobj\n").as_bytes()], Err(Fault::Active));
    check(&[&flate(&["<< /Type /Page >>", object])], Err(Fault::Active));
}

const CATALOG: &str = "<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /XYZ null null 0] /Lang (ru-RU) >>";
const PAGE: &str = "<< /Type /Page /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [<< /Subtype /Link /A << /S /URI \
                    /URI (https://example.ru/\\(a\\)) >> >>] /Resources << /Font << /F1 5 0 R >> >> >>";

#[test]
fn accepts_what_offices_and_scanners_write() {
    let catalog = format!("1 0 obj\n{CATALOG}\nendobj\n3 0 obj\n{PAGE}\nendobj\n");
    let text = packed("BT /F1 12 Tf (/JavaScript and /JS are words here) Tj ET".as_bytes());
    let page = stream(4, "/Filter /FlateDecode", &text);
    check(&[catalog.as_bytes(), &page], Ok(()));
    // A scan: bytes of a picture in which chance wrote something.
    let picture = b"\xff\xd8 /JS /AA obj [ >> /JavaScript obj << \xff\xd9";
    let scan = stream(5, "/Type /XObject /Subtype /Image /Width 2480 /Filter /DCTDecode", &picture[..36]);
    check(&[catalog.as_bytes(), &scan], Ok(()));
    let profile = stream(6, "/N 3 /Alternate /DeviceRGB /Filter [/FlateDecode]", &packed(&[7; 500]));
    check(&[catalog.as_bytes(), &profile], Ok(()));
    // LibreOffice and Word put their objects into streams, and the table of places too.
    let table = stream(
        8,
        "/Type /XRef /W [1 2 2] /Root 10 0 R /Index [0 20] /Filter /FlateDecode /DecodeParms << /Columns 5 /Predictor 12 >>",
        &packed(&[0; 100]),
    );
    check(&[&flate(&[CATALOG, PAGE, "[/ICCBased 6 0 R]", "12", "(words)", "null"]), &table], Ok(()));
    check(&[&object_stream(&[CATALOG, PAGE], "", <[u8]>::to_vec)], Ok(()));
    // TeX opens at a place by a reference.
    check(&[&flate(&["<< /Type /Catalog /OpenAction 11 0 R >>", "<< /S /GoTo /D [3 0 R /Fit] >>"])], Ok(()));
    check(&[b"7 0 obj\n<< /T1 (a) % it is /JS\n /AAAAAA+PT 1 /JSON 2 /Differences [1 /AA /JS] >>\nendobj\n"], Ok(()));
}

#[test]
fn refuses_scripts_however_their_names_are_written() {
    for name in ["JavaScript", "Java#53cript", "#4a#61#76#61#53#63#72#69#70#74", "Java#53#63ript"] {
        refuses(&format!("<< /OpenAction << /S /{name} /X (app.alert\\(1\\)) >> >>"));
        refuses(&format!("[ 1 [ << /A /{name} >> ] ]"));
        refuses(&format!("/{name}"));
    }
    for entry in ["JS (a)", "J#53 (a)", "#4AS 5 0 R", "AA << >>", "A#41 5 0 R", "XFA [(a) 5 0 R]"] {
        refuses(&format!("<< /Type /Annot /A << /{entry} >> >>"));
    }
    for name in ["Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "GoToE", "ImportData", "Rendition"] {
        refuses(&format!("<< /Type /Annot /S /{name} >>"));
        refuses(&format!("<< /Names << /{name} 5 0 R >> >>"));
    }
}

#[test]
fn refuses_what_is_done_when_the_file_opens() {
    refuses("<< /OpenAction << /S /URI /URI (https://example.ru) >> >>");
    refuses("<< /OpenAction << /S 5 0 R >> >>");
    refuses("<< /OpenAction << /S /GoTo /D [3 0 R /Fit] /Next 12 0 R >> >>");
    let opens = "<< /Type /Catalog /Open#41ction 11 0 R >>";
    check(&[&flate(&[opens, "<< /S /SubmitForm /F (a) >>"])], Err(Fault::Active));
    check(&[b"11 0 obj<</S/URI/URI(a)>>endobj\n", &flate(&[opens])], Err(Fault::Active));
    check(&[b"1 0 obj<</OpenAction 11 0 R>>endobj 11 0 obj 12 0 R endobj"], Err(Fault::Active));
    let direct = b"trailer << /Root << /OpenAction << /S /JavaScript >> >> >>";
    check(&[direct], Err(Fault::Active));
}

#[test]
fn refuses_object_streams_that_it_cannot_read() {
    let script = ["<< /S /JavaScript >>"];
    let hex = |bytes: &[u8]| packed(bytes).iter().map(|it| format!("{it:02x}")).collect::<String>().into_bytes();
    for filter in [
        "/Filter [/ASCIIHexDecode /FlateDecode]",
        "/Filter /LZWDecode",
        "/Filter 5 0 R",
        "/Filter /FlateDecode /Filter /LZWDecode",
        "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>",
        "/Filter /FlateDecode /DP 5 0 R",
        "/F /ASCIIHexDecode",
        "/Filter /FlateDecode /N 1",
    ] {
        check(&[&object_stream(&script, filter, hex)], Err(Fault::Unreadable));
    }
    // Cut off, damaged, or not begun where every viewer begins.
    let cut = |bytes: &[u8]| packed(bytes).iter().copied().take(9).collect();
    check(&[&object_stream(&script, "/Filter /FlateDecode", cut)], Err(Fault::Unreadable));
    check(&[&object_stream(&script, "/Filter /FlateDecode", <[u8]>::to_vec)], Err(Fault::Unreadable));
    let moved = flate(&script);
    let moved = String::from_utf8_lossy(&moved).into_owned().replace("stream\r\n", "stream \n");
    check(&[moved.as_bytes()], Err(Fault::Unreadable));
    // Without a type, as some viewers take it, and with an object that begins inside another one.
    let text = b"10 0 11 1 ( << /S /JavaScript >> )";
    check(&[&stream(9, "/N 2 /First 10 /Filter /Fl", &packed(text))], Err(Fault::Active));
    let text = b"10 0 11 1 ( << /A /B >> )";
    check(&[&stream(9, "/N 2 /First 10 /Filter /FlateDecode", &packed(text))], Ok(()));
    check(&[&stream(9, "/N 9 /First 10 /Filter /FlateDecode", &packed(text))], Err(Fault::Unreadable));
    check(&[&stream(9, "/N 1 /First 5 0 R /Filter /FlateDecode", &packed(text))], Err(Fault::Unreadable));
}

#[test]
fn a_bomb_ends_at_its_bound() {
    let bomb = packed(&[&b"10 0 "[..], &vec![b' '; MAX_UNPACKED]].concat());
    assert!(bomb.len() < 64 * 1024);
    check(&[&stream(9, "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode", &bomb)], Err(Fault::Unreadable));
    // Every beginning leads to the end of the file: read one by one, they would take days.
    for beginning in ["1 0 obj<<", "1 0 obj[", "1 0 obj(", "1 0 obj%", "1 0 obj<", "1 0 obj<</A["] {
        check(&[beginning.repeat(300_000).as_bytes()], Err(Fault::Unreadable));
    }
    check(&["1 0 obj ".repeat(300_000).as_bytes()], Ok(()));
    check(&[format!("1 0 obj {}", "[".repeat(300_000)).as_bytes()], Err(Fault::Unreadable));
    // One stream of objects that all begin at its start.
    let list = "10 0 ".repeat(100_000);
    let same = format!("{list}[{}]", "1 ".repeat(100_000));
    let dict = format!("/Type /ObjStm /N 100000 /First {} /Filter /FlateDecode", list.len());
    check(&[&stream(9, &dict, &packed(same.as_bytes()))], Err(Fault::Unreadable));
}

#[test]
fn a_password_is_told_apart() {
    check(&[b"5 0 obj << /Type /XRef /Encrypt 6 0 R >> endobj"], Err(Fault::Locked));
    check(&[b"trailer << /Root 1 0 R /#45ncrypt << /Filter /Standard >> >>"], Err(Fault::Locked));
    let found = |bytes: &[u8], step: usize| {
        let mut lock = Lock::default();
        bytes.chunks(step).for_each(|part| lock.look(part));
        lock.found()
    };
    for step in 1..20 {
        assert!(found(b"trailer << /Encrypt 6 0 R >>", step) && found(b"/Encrypt<<", step), "{step}");
        assert!(!found(b"<< /EncryptMetadata false /Encrypted 1 >>", step) && !found(b"/Encrypt", step), "{step}");
    }
}
