//! Tables: what one answer, one event does. Whole lives of many letters: [`super::model`].

use super::*;
use Action::*;

const NOW: Now = Now { wall: 1e12, clock: 50_000.0, chance: 1.0 };
const BIG: f64 = 3.0 * SLICE;

/// A letter with files of these sizes that somebody has just sent off; it is this tab's turn.
fn sending(sizes: &[f64]) -> Outbox {
    let mut outbox = found(sizes);
    outbox.handle(Event::Press { id: 1 }, NOW);
    outbox.handle(Event::Turn, NOW);
    outbox
}

/// A letter of an earlier page.
fn found(sizes: &[f64]) -> Outbox {
    let mut outbox = Outbox::default();
    outbox.handle(Event::Letter { id: 1, at: NOW.wall, refused: false }, NOW);
    for (slot, size) in sizes.iter().enumerate() {
        outbox.handle(Event::File { id: 1, size: *size, there: false, picture: slot == 0 }, NOW);
    }
    outbox
}

fn woken(sizes: &[f64]) -> Outbox {
    let mut outbox = found(sizes);
    outbox.handle(Event::Wake, NOW);
    outbox.handle(Event::Turn, NOW);
    outbox
}

fn status(status: u32) -> Reply<'static> {
    Reply { status, ..Reply::default() }
}

fn token() -> Reply<'static> {
    Reply { token: true, ..status(201) }
}

fn offset(code: u32, offset: f64) -> Reply<'static> {
    Reply { offset: Some(offset), ..status(code) }
}

#[track_caller]
fn check(outbox: &mut Outbox, event: Event, expected: &[Action]) {
    assert_eq!(outbox.handle(event, NOW), expected);
}

#[track_caller]
fn answer(outbox: &mut Outbox, reply: Reply, expected: &[Action]) {
    check(outbox, Event::Reply(reply), expected);
}

#[test]
fn files_go_first_then_the_words_then_the_turn() {
    let mut outbox = sending(&[10.0, 20.0]);
    answer(&mut outbox, token(), &[There { id: 1, slot: 0 }, Save(1), Whole { id: 1, slot: 1 }]);
    answer(&mut outbox, token(), &[There { id: 1, slot: 1 }, Save(1), Words(1)]);
    answer(&mut outbox, status(201), &[Sent(1), Count(0), Leave, Count(0)]);
}

#[test]
fn what_an_answer_to_the_words_means() {
    for (code, later) in [
        (0, true),
        (200, false),
        (400, false),
        (403, false),
        (404, false),
        (408, true),
        (409, true),
        (413, false),
        (422, false),
        (425, true),
        (428, true),
        (429, true),
        (500, true),
        (502, true),
        (503, true),
        (507, true),
    ] {
        let out = sending(&[]).handle(Event::Reply(status(code)), NOW);
        let expected: &[Action] = if later { &[Waits(1), Timer(2_000.0)] } else { &[Returned(1), Count(0)] };
        assert_eq!(out.get(..2), Some(expected), "{code}");
        let file = sending(&[10.0]).handle(Event::Reply(status(code)), NOW);
        // A success without a token comes from somebody on the way.
        let later = later || code == 200 || code == 404;
        let expected: &[Action] =
            if later { &[Waits(1), Timer(2_000.0)] } else { &[Refused { id: 1, slot: 0 }, Count(0)] };
        assert_eq!(file.get(..2), Some(expected), "file {code}");
    }
    for code in ["site-disabled", "origin-not-allowed"] {
        let page = Reply { code, ..status(403) };
        let out = sending(&[10.0]).handle(Event::Reply(page), NOW);
        assert_eq!(out.first(), Some(&Returned(1)), "{code}: the file stays with its letter");
    }
    let stale = Reply { code: "captcha-invalid", ..status(400) };
    assert_eq!(sending(&[]).handle(Event::Reply(stale), NOW).first(), Some(&Waits(1)));
}

#[test]
fn what_comes_back_while_nobody_is_there_is_kept() {
    let mut outbox = woken(&[10.0]);
    // The words matter more than a file.
    answer(&mut outbox, status(422), &[Lose { id: 1, slot: 0 }, Save(1), Words(1)]);
    answer(&mut outbox, status(422), &[Kept(1), Count(0), Leave, Count(0)]);
    check(&mut outbox, Event::Wake, &[Still, Take]);
    check(&mut outbox, Event::Turn, &[Leave, Count(0)]);
}

#[test]
fn a_file_without_bytes_stays_behind() {
    check(&mut sending(&[10.0]), Event::NoBytes, &[Lose { id: 1, slot: 0 }, Save(1), Words(1)]);
}

#[test]
fn a_large_file_goes_in_slices_and_on_from_where_the_server_is() {
    let mut outbox = found(&[BIG + 1.0]);
    outbox.handle(Event::Wake, NOW);
    check(&mut outbox, Event::Turn, &[Begin { id: 1, slot: 0 }]);
    let slice = |from: f64, to: f64| [Slice { id: 1, slot: 0, from, to }];
    answer(&mut outbox, offset(201, 0.0), &slice(0.0, SLICE));
    answer(&mut outbox, offset(204, SLICE), &slice(SLICE, 2.0 * SLICE));
    // Cut at half of a slice: the next try asks, and the half is not sent again.
    let lost = outbox.handle(Event::Reply(status(0)), NOW);
    assert_eq!(lost.first(), Some(&Waits(1)));
    check(&mut outbox, Event::Wake, &[Still, Take]);
    check(&mut outbox, Event::Turn, &[Begin { id: 1, slot: 0 }]);
    answer(&mut outbox, offset(201, 1.5 * SLICE), &slice(1.5 * SLICE, 2.5 * SLICE));
    // Another tab was quicker.
    answer(&mut outbox, offset(409, BIG), &slice(BIG, BIG + 1.0));
    answer(&mut outbox, token(), &[There { id: 1, slot: 0 }, Save(1), Words(1)]);
}

#[test]
fn a_file_that_is_there_whole_says_so_when_it_is_announced_again() {
    let mut outbox = sending(&[BIG]);
    answer(&mut outbox, token(), &[There { id: 1, slot: 0 }, Save(1), Words(1)]);
}

#[test]
fn a_server_that_forgets_what_was_begun_is_asked_again_and_not_for_ever() {
    let mut outbox = sending(&[BIG]);
    for _ in 0..2 {
        answer(&mut outbox, offset(201, 0.0), &[Slice { id: 1, slot: 0, from: 0.0, to: SLICE }]);
        answer(&mut outbox, status(404), &[Begin { id: 1, slot: 0 }]);
    }
    let mut outbox = sending(&[BIG]);
    answer(&mut outbox, offset(201, 0.0), &[Slice { id: 1, slot: 0, from: 0.0, to: SLICE }]);
    for _ in 0..2 {
        answer(&mut outbox, offset(409, 0.0), &[Slice { id: 1, slot: 0, from: 0.0, to: SLICE }]);
    }
    let third = outbox.handle(Event::Reply(offset(409, 0.0)), NOW);
    assert_eq!(third.first(), Some(&Waits(1)));
    for wrong in [BIG + 1.0, -1.0, f64::NAN] {
        let out = sending(&[BIG]).handle(Event::Reply(offset(201, wrong)), NOW);
        assert_eq!(out.first(), Some(&Waits(1)), "{wrong}");
    }
}

#[test]
fn files_that_waited_too_long_go_anew_and_not_for_ever() {
    let mut outbox = sending(&[10.0, 20.0]);
    outbox.handle(Event::Reply(token()), NOW);
    outbox.handle(Event::Reply(token()), NOW);
    let unknown = Reply { unknown: 0b10, ..status(422) };
    for _ in 0..2 {
        answer(&mut outbox, unknown, &[Anew { id: 1, slot: 1 }, Save(1), Whole { id: 1, slot: 1 }]);
        answer(&mut outbox, token(), &[There { id: 1, slot: 1 }, Save(1), Words(1)]);
    }
    answer(&mut outbox, unknown, &[Returned(1), Count(0), Leave, Count(0)]);
    // A place that the letter does not have.
    let mut outbox = sending(&[]);
    answer(&mut outbox, unknown, &[Returned(1), Count(0), Leave, Count(0)]);
}

#[test]
fn pauses_grow_are_spread_and_end_with_a_success() {
    let mut outbox = woken(&[10.0]);
    let mut last = 0.0;
    for (chance, expected) in [(1.0, 2_000.0), (0.0, 2_000.0), (0.5, 6_000.0), (1.0, 16_000.0)] {
        let out = outbox.handle(Event::Reply(status(0)), Now { chance, ..NOW });
        assert!(out.contains(&Timer(expected)), "{out:?}");
        last = expected;
        outbox.handle(Event::Wake, NOW);
        outbox.handle(Event::Turn, NOW);
    }
    assert!(last > 2_000.0);
    outbox.handle(Event::Reply(token()), NOW);
    assert!(outbox.handle(Event::Reply(status(0)), NOW).contains(&Timer(2_000.0)));
    for (tries, expected) in [(7, 256_000.0), (8, 300_000.0), (u32::MAX, 300_000.0)] {
        assert_eq!(pause(tries, 0.0, 1.0), expected);
    }
    assert_eq!(pause(0, 0.0, f64::NAN).to_bits(), pause(0, 0.0, f64::NAN).to_bits());
}

#[test]
fn a_server_that_asks_to_wait_is_obeyed_except_by_a_press() {
    let mut outbox = woken(&[]);
    let busy = Reply { wait: 60.0, ..status(429) };
    answer(&mut outbox, busy, &[Waits(1), Timer(60_000.0), Leave, Count(1)]);
    // The link is back, or the timer was early.
    let early = Now { clock: NOW.clock + 59_999.0, ..NOW };
    assert_eq!(outbox.handle(Event::Wake, early), [Timer(1.0)]);
    let due = Now { clock: NOW.clock + 60_000.0, ..NOW };
    assert_eq!(outbox.handle(Event::Wake, due), [Still, Take]);
    let mut outbox = woken(&[]);
    answer(&mut outbox, busy, &[Waits(1), Timer(60_000.0), Leave, Count(1)]);
    check(&mut outbox, Event::Press { id: 1 }, &[Count(1), Still, Take]);
}

#[test]
fn a_wait_is_bounded_and_what_is_no_number_asks_for_nothing() {
    for (wait, expected) in
        [(5.0, 5_000.0), (1e9, 3_600_000.0), (f64::INFINITY, 3_600_000.0), (-5.0, 2_000.0), (f64::NAN, 2_000.0)]
    {
        let out = woken(&[]).handle(Event::Reply(Reply { wait, ..status(503) }), NOW);
        assert!(out.contains(&Timer(expected)), "{wait}: {out:?}");
    }
}

#[test]
fn a_clock_that_jumps_makes_no_second_ticket() {
    let at = |days: f64| Now { wall: NOW.wall + days * 86_400_000.0, ..NOW };
    for (days, tried) in [(-400.0, true), (0.0, true), (5.9, true), (6.1, false), (400.0, false)] {
        let mut outbox = found(&[]);
        outbox.handle(Event::Wake, at(days));
        let out = outbox.handle(Event::Turn, at(days));
        assert_eq!(out.first(), Some(&if tried { Words(1) } else { Kept(1) }), "{days}");
    }
}

#[test]
fn the_letter_just_written_goes_first_and_one_over_which_the_server_stumbles_last() {
    let mut outbox = woken(&[]);
    outbox.handle(Event::Letter { id: 2, at: NOW.wall, refused: false }, NOW);
    check(&mut outbox, Event::Press { id: 2 }, &[Count(2)]);
    // Letter 1 was under way; the link is broken, and 2 is tried at once since somebody waits for it.
    let out = outbox.handle(Event::Reply(status(0)), NOW);
    assert_eq!(out, [Waits(1), Timer(2_000.0), Leave, Count(2), Still, Take]);
    check(&mut outbox, Event::Turn, &[Words(2)]);
    outbox.handle(Event::Reply(status(500)), NOW);
    outbox.handle(Event::Wake, NOW);
    check(&mut outbox, Event::Turn, &[Words(1)]);
    answer(&mut outbox, status(201), &[Sent(1), Count(1), Words(2)]);
    // A busy service is no fault of the letter.
    outbox.handle(Event::Letter { id: 3, at: NOW.wall, refused: false }, NOW);
    outbox.handle(Event::Reply(status(503)), NOW);
    outbox.handle(Event::Wake, NOW);
    check(&mut outbox, Event::Turn, &[Words(2)]);
}

#[test]
fn a_picture_stays_behind_when_it_is_asked_to() {
    let mut outbox = woken(&[10.0, 20.0]);
    outbox.handle(Event::Reply(status(0)), NOW);
    check(&mut outbox, Event::Bare { id: 1 }, &[Still, Take]);
    check(&mut outbox, Event::Turn, &[Lose { id: 1, slot: 0 }, Save(1), Whole { id: 1, slot: 0 }]);
    check(&mut outbox, Event::Bare { id: 7 }, &[]);
}

#[test]
fn what_another_tab_did_with_a_letter_is_taken_over_and_its_writer_still_hears() {
    let mut outbox = found(&[10.0, 20.0]);
    outbox.handle(Event::Press { id: 1 }, NOW);
    outbox.handle(Event::Letter { id: 1, at: NOW.wall, refused: false }, NOW);
    outbox.handle(Event::File { id: 1, size: 20.0, there: true, picture: false }, NOW);
    check(&mut outbox, Event::Turn, &[Words(1)]);
    answer(&mut outbox, status(422), &[Returned(1), Count(0), Leave, Count(0)]);
}

#[test]
fn what_another_tab_has_sent_is_out_of_the_way() {
    let mut outbox = woken(&[]);
    check(&mut outbox, Event::Gone { id: 1 }, &[Count(0)]);
    // Its answer comes late, and is nobody's.
    answer(&mut outbox, status(201), &[Leave, Count(0)]);
}

#[test]
fn a_log_out_leaves_nothing_and_no_answer_brings_it_back() {
    let mut outbox = woken(&[]);
    check(&mut outbox, Event::Wipe, &[Still, Leave, Count(0)]);
    answer(&mut outbox, status(0), &[]);
    check(&mut outbox, Event::Turn, &[]);
    check(&mut Outbox::default(), Event::Wipe, &[Still, Count(0)]);
}

#[test]
fn nothing_is_begun_when_the_page_is_left() {
    let mut outbox = woken(&[]);
    check(&mut outbox, Event::Stop, &[Still]);
    answer(&mut outbox, status(0), &[Waits(1), Leave, Count(1)]);
    let mut outbox = woken(&[10.0]);
    check(&mut outbox, Event::Stop, &[Still]);
    answer(&mut outbox, token(), &[There { id: 1, slot: 0 }, Save(1), Leave, Count(1)]);
    check(&mut outbox, Event::Wake, &[Still, Take]);
    check(&mut outbox, Event::Turn, &[Words(1)]);
}
