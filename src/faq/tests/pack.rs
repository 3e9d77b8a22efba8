use super::super::pack::crc32;
use super::*;

fn pack() -> Pack {
    let mut articles = articles();
    articles[0].popular = 100;
    articles[0].blocks.push(Block::Picture { src: "a.svg".into(), alt: "Снимок".into() });
    let href = "https://rutube.ru/video/1/".into();
    articles[0]
        .blocks
        .push(Block::Video { poster: "a.svg".into(), title: "Как найти номер".into(), href });
    Pack { lexicon: LEXICON.into(), articles }
}

#[test]
fn reads_what_it_wrote() {
    let pack = pack();
    assert_eq!(Pack::read(&pack.write()), Ok(pack));
    assert_eq!(Pack::read(&Pack::default().write()), Ok(Pack::default()));
}

#[test]
fn names_what_is_wrong_with_a_file() {
    let file = pack().write();
    assert_eq!(Pack::read(b"[{}]"), Err(PackError::NotAPack));
    assert_eq!(Pack::read(b"PDKF"), Err(PackError::Damaged));
    let mut newer = file.clone();
    newer[4] = 9;
    assert_eq!(Pack::read(&newer), Err(PackError::Version(9)));
    assert!(PackError::Version(9).to_string().contains("version 9"));
    for at in [5, 40, file.len() - 1] {
        let mut damaged = file.clone();
        damaged[at] ^= 1;
        assert_eq!(Pack::read(&damaged), Err(PackError::Damaged), "byte {at}");
    }
    assert_eq!(Pack::read(&file[..file.len() - 1]), Err(PackError::Damaged));
}

/// A checksum that fits must not let a wrong length or tag through.
#[test]
fn a_body_that_is_cut_anywhere_is_refused() {
    let body = &Pack { articles: vec![article("a", "Заголовок", &["Текст"])], lexicon: "a = b".into() }.write()[9..];
    for end in 0..body.len() {
        let mut file = b"PDKF\x02".to_vec();
        file.extend(crc32(&body[..end]).to_le_bytes());
        file.extend(&body[..end]);
        assert_eq!(Pack::read(&file), Err(PackError::Damaged), "{end}");
    }
    let endless = [0, 0xff, 0xff, 0xff, 0x7f];
    let mut file = b"PDKF\x02".to_vec();
    file.extend(crc32(&endless).to_le_bytes());
    file.extend(endless);
    assert_eq!(Pack::read(&file), Err(PackError::Damaged));
}

#[test]
fn the_checksum_is_the_usual_one() {
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
}

#[test]
fn a_zero_in_a_text_is_left_out() {
    let pack = Pack { articles: vec![article("a", "За\0головок", &["Текст"])], ..Pack::default() };
    assert_eq!(Pack::read(&pack.write()).unwrap().articles, [article("a", "Заголовок", &["Текст"])]);
}
