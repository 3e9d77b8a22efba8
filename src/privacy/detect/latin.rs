//! Names of persons in Latin letters, as passports for abroad, cards and tickets have them: «IVANOVA MARIA», «Petrov Ivan Sergeevich»,
//! `IVANOVA<<MARIA`. A first name beside a word that ends as a surname or a patronymic does: either alone is a word of programs and
//! firms as well («Times New Roman», «Admin»).

use super::{Found, same};
use crate::text::{is_blank, is_dash, lower};

/// First names by the rules of passports (order of the МИД № 2113) and as people write them.
const FIRST: &str = "aleksandr alexander aleksandra alexandra aleksei aleksey alexei alexey anatolii anatoliy anatoly andrei andrey \
anton arkadii arkady arsenii artem artyom artur boris bogdan vadim valentin valentina valerii valery valeriia valeria vasilii \
vasily viktor victor viktoriia viktoria victoria vitalii vitaly vladimir vladislav viacheslav vyacheslav gennadii gennady georgii \
georgy gleb grigorii grigory daniil danila denis dmitrii dmitriy dmitry evgenii evgeniy evgeny evgeniia evgenia egor yegor zakhar \
ivan igor ilia ilya kirill konstantin lev leonid makar maksim maxim marat matvei mikhail nikita nikolai nikolay oleg pavel petr \
pyotr renat roman rostislav ruslan semen semyon sergei sergey stanislav stepan timofei timur fedor fyodor filipp eduard iurii \
yurii yuriy yury iakov yakov iaroslav yaroslav alina alena alisa alla anastasiia anastasia angelina anna antonina varvara vera \
veronika galina dariia daria darya diana ekaterina elena elizaveta zhanna zinaida zoia zoya inna inga irina karina kira klavdiia \
klavdia kristina kseniia ksenia larisa lidiia lidia liliia lilia liudmila lyudmila margarita marina mariia maria nadezhda nataliia \
natalia natalya nina oksana olga polina raisa rimma svetlana sofiia sofia tamara tatiana tatyana uliana ulyana faina iuliia yulia \
iana yana";
/// Endings of surnames and patronymics.
const LAST: &str = "ov ova ev eva yov yova in ina yn yna skii skiy sky skaia skaya tskii tskaia enko ko uk iuk yuk chik ian yan dze \
shvili ich ovna evna ichna";

pub fn find(chars: &[char], out: &mut Vec<Found>) {
    let words = words(chars);
    let own =
        |place: Option<&(usize, usize)>| place.and_then(|(start, end)| chars.get(*start..*end)).unwrap_or_default();
    let near = |left: &(usize, usize), right: &(usize, usize)| {
        let fits = |c: &char| is_blank(*c) || matches!(c, '<' | ',');
        chars.get(left.1..right.0).is_some_and(|gap| (1..=3).contains(&gap.len()) && gap.iter().all(fits))
    };
    for (at, word) in words.iter().enumerate() {
        if !is_first(own(Some(word))) {
            continue;
        }
        let mut name = None;
        if let Some(left) =
            at.checked_sub(1).and_then(|it| words.get(it)).filter(|it| near(it, word) && is_last(own(Some(it))))
        {
            name = Some((left.0, word.1));
        }
        let (mut end, mut last) = (word.1, word);
        for next in words.iter().skip(at + 1).take(2) {
            if !near(last, next) || !is_last(own(Some(next))) {
                break;
            }
            (end, last) = (next.1, next);
        }
        if end > word.1 {
            name = Some((name.map_or(word.0, |it| it.0), end));
        }
        out.extend(name.map(|(start, end)| Found { kind: "name", start, end }));
    }
}

/// Places of words of Latin letters that begin with a capital, with a dash inside.
fn words(chars: &[char]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for at in 0..=chars.len() {
        let letter = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphabetic);
        let inside = letter(at) || start.is_some() && chars.get(at).is_some_and(|c| is_dash(*c)) && letter(at + 1);
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                if chars.get(from).is_some_and(char::is_ascii_uppercase) {
                    out.push((from, at));
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn is_first(word: &[char]) -> bool {
    (3..=12).contains(&word.len()) && FIRST.split(' ').any(|name| same(word, name))
}

fn is_last(word: &[char]) -> bool {
    word.len() > 3
        && LAST.split(' ').any(|end| {
            let from = word.len().saturating_sub(end.len());
            from > 1 && word.iter().skip(from).map(|c| lower(*c)).eq(end.chars())
        })
}
