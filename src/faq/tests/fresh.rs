//! Questions as old people type them, written without a look at the articles and with the answer fixed before the search was asked:
//! they show how good the search and the articles are. No article may take its words from here; whoever mends an article by one of
//! these questions takes that question out and writes another.

use super::questions::Desk;
use crate::faq::Hint;

/// Question, articles that answer it (`|` between them).
const QUESTIONS: &[(&str, &str)] = &[
    ("вчера наменяла номер телефона а гос услуги просят старый", "change-contacts"),
    ("дочка уехала её телефон остался привязан как поменять на мой", "change-contacts"),
    ("смска все не идет уже пол часа жду", "sms-code"),
    ("когда придут деньги за отмененную пошлину", "refund"),
    ("вылазит что пароль слабый", "passwords"),
    ("как сделать себе госуслуги первый раз", "registration"),
    ("надо ли идти в мфц чтоб подтвердить личность", "confirm-identity"),
    ("звонит какойто майор говорит на меня кредит оформляют", "fraud-calls"),
    ("внучка сказала сайт ненастоящий как проверить", "phishing-site"),
    ("пишет неправильный формат телефона", "phone-length"),
    ("хочу чтоб на меня кредит не могли взять", "credit-ban"),
    ("снилс зелёная карточка потерял где номер узнать", "snils"),
    ("снилс пишет не верный а я с карточки списываю", "snils-checksum"),
    ("в снилсе тире ставить или нет", "snils-length"),
    ("где взять инн если бумажку потеряла", "inn"),
    ("инн не правильный говорит хотя все цифры верно", "inn-checksum"),
    ("документ на квартиру номер с двоеточиями где он", "cadastral"),
    ("полис медицинский бумажный зелененький", "oms-old|oms"),
    ("в паспорте какие цифры серия а какие нумер", "passport-series-number"),
    ("дата когда паспорт получила не проходит", "passport-issue-date"),
    ("кто выдал паспорт писать полностью или коротко", "passport-issued-by"),
    ("код из паспорта через черточку", "department-code"),
    ("мне 46 а паспорт старый не принимает", "passport-renewal"),
    ("в отчестве пробел двойное имя", "full-name"),
    ("папа был иностранец отчества нету", "no-patronymic"),
    ("буквы нерусские печатает", "keyboard-layout"),
    ("почта моя майл ру пишет похоже ошибка", "email-typo"),
    ("что такое собака в адресе почты", "email-format"),
    ("домашний телефон можно писать с кодом города", "phone-not-russian"),
    ("как писать корпус и строение", "address"),
    ("индекс моего дома не знаю", "postcode"),
    ("деревня без улицы как адрес писать", "address"),
    ("день рождения не правильно говорит", "birth-date"),
    ("пишет что дата еще не наступила", "date-range"),
    ("свидетельство о смерти мужа номер где смотреть", "civil-certificates"),
    ("развелась бумага о разводе как вписать", "civil-certificates"),
    ("римские буквы в свидетельстве не печатаются", "roman-numerals"),
    ("военный билет утерян номер", "military-id"),
    ("права на машину номер какие цыфры", "driver-licence"),
    ("деньги списали а на сайте не оплачено", "receipt|payment-failed|payment-methods"),
    ("заплатила пошлину два раза верните", "refund"),
    ("не тот счет указала в платеже", "payment-details-error"),
    ("карточка не проходит при оплате пошлины", "payment-failed"),
    ("можно ли пошлину на почте или в сбербанке оплатить наличными", "payment-methods"),
    ("номер счета из банка двадцать цифр где написан", "account-number"),
    ("заявление подала куда теперь смотреть ответ", "track-application"),
    ("внука хочу записать на прием через мой кабинет", "for-someone-else|child-account|appointment"),
    ("все напечатала и пропало", "draft-lost"),
    ("файл большой не лезет", "file-upload"),
    ("дату писать сначала год или сначала число", "date-format"),
    ("сделать скриншот ошибки", "picture-upload"),
    ("сколько ждать ответа от поддержки", "ticket-answer"),
    ("экран завис ничего не нажимается", "browser"),
    ("не открывается документ который мне прислали", "save-document"),
    ("в телефоне не помещается страница", "mobile-app"),
    ("сижу в библиотеке за компьютером безопасно ли", "shared-computer"),
    ("удалите мою страничку совсем", "delete-account"),
    ("хочу узнать кто видит мои данные", "privacy|personal-data-rights"),
    ("отпечаток пальца или код при входе какой лучше", "login-second-step"),
    ("электронную подпись где получить", "esignature"),
];

/// What was measured: sixty when first asked gave 44 and 54; words of everyday speech then went into the lexicon, and the five
/// questions that had led to them were replaced by others before those were asked.
const FIRST: usize = 47;
const THIRD: usize = 58;

#[test]
fn fresh_questions_are_answered_as_well_as_when_they_were_first_asked() {
    let desk = Desk::new();
    let (mut first, mut third, mut missed) = (0, 0, Vec::new());
    for (question, ids) in QUESTIONS {
        let found = desk.ids(question, &Hint::default());
        let at = found.iter().position(|it| ids.split('|').any(|id| id == *it));
        first += usize::from(at == Some(0));
        third += usize::from(at.is_some_and(|at| at < 3));
        if at.is_none_or(|at| at >= 3) {
            missed.push(format!("{question}: {ids}, found {:?}", found.get(..3).unwrap_or(&found)));
        }
    }
    println!("{first} first, {third} of the first three, of {}\n{}", QUESTIONS.len(), missed.join("\n"));
    assert!(first >= FIRST && third >= THIRD, "{first} first, {third} of the first three\n{}", missed.join("\n"));
}

/// «Возможно, вы искали» names a slip, and no other word that looks like the typed one.
#[test]
fn only_slips_are_offered_to_be_mended() {
    let desk = Desk::new();
    let offers = |questions: &[&str]| -> Vec<String> {
        questions.iter().filter_map(|it| desk.ask(it, &Hint::default()).did_you_mean).collect()
    };
    let clean: Vec<&str> = QUESTIONS.iter().map(|(question, _)| *question).collect();
    assert_eq!(offers(&clean), Vec::<String>::new());
    let others = ["вход через макс", "меня обманули", "сайт ненастоящий", "отпечаток", "майл ру", "дочка уехала"];
    assert_eq!(offers(&others), Vec::<String>::new());
    assert_eq!(
        offers(&["вернуть денги за пошлину", "не приходит подтвреждение почты"]),
        ["вернуть деньги за пошлину", "не приходит подтверждение почты"]
    );
}
