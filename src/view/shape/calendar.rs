//! Releases in the order of their windows.
//!
//! Takes plans and the heads of releases, gives a booking for each that has a window, with those that take
//! place at the same time.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::index::World;
use super::state::MINUTE;
use crate::config::Labels;
use crate::model::release::Window;
use crate::view::{Booking, Destination, Head, Mention, plain};

/// How many releases that take place at the same time are named: all of many would name each other, and
/// grow with the square of their number.
const NAMED: usize = 5;

/// A booking for each release with a window, in the order of the starts.
pub(super) fn bookings(world: World<'_>, releases: &[Arc<Head>]) -> Vec<Booking> {
    let window = |head: &Head| world.library.release(&head.name)?.window.as_ref();
    let booked = releases.iter().filter_map(|head| booking(head, window(head)?, world.labels));
    let mut bookings: Vec<Booking> = booked.collect();
    bookings.sort_by(|a, b| (a.window.0, &a.release.id).cmp(&(b.window.0, &b.release.id)));
    let all = at_once(&bookings);
    for (booking, (named, more)) in bookings.iter_mut().zip(all) {
        (booking.at_once, booking.more_at_once) = (named, more);
    }
    bookings
}

fn booking(head: &Head, window: &Window, labels: &Labels) -> Option<Booking> {
    let state = head.release.as_ref()?;
    let end = window.end.as_ref().map(|end| end.value);
    let begins = window.t()?;
    Some(Booking {
        release: mention(head),
        environment: head.environment.clone(),
        day: window.start.value.date(),
        time: window_words(window, "%H:%M", labels),
        window: (begins, end.and_then(|end| window.instant(end)).filter(|end| *end > begins)),
        verdict: state.verdict,
        outcome: state.outcome.clone(),
        gates: head.gates.clone(),
        at_once: Vec::new(),
        more_at_once: 0,
        file: format!("{}.ics", head.path.trim_end_matches(".html")),
    })
}

/// A window, its beginning in a format: `09:00 to 12:00 Europe/Madrid`; with the day of the end where
/// that is another.
pub(super) fn window_words(window: &Window, format: &str, labels: &Labels) -> String {
    let start = window.start.value;
    let from = start.strftime(format).to_string();
    let stretch = match window.end.as_ref().map(|end| end.value) {
        Some(end) => {
            let same_day = end.date() == start.date();
            let to = end.strftime(if same_day { "%H:%M" } else { MINUTE }).to_string();
            labels.fill("from-to", &[("from", &from), ("to", &to)])
        }
        None => from,
    };
    format!("{stretch} {}", window.zone.value)
}

fn mention(head: &Head) -> Mention {
    let to = Destination::Page { path: head.path.clone(), anchor: String::new() };
    Mention { text: plain(&head.title), id: head.name.clone(), to, holder: None }
}

/// For each booking the first of those that take place at the same time, and how many more there are. Only
/// releases that have not ended count: one that is over is in nobody's way.
fn at_once(bookings: &[Booking]) -> Vec<(Vec<Mention>, usize)> {
    let mut found = vec![(Vec::new(), 0); bookings.len()];
    let open: Vec<usize> = (0..bookings.len()).filter(|at| bookings[*at].outcome.is_none()).collect();
    let windows: Vec<(Timestamp, Timestamp)> = open.iter().map(|at| stretch(&bookings[*at])).collect();
    let mut ends: Vec<Timestamp> = windows.iter().map(|(_, end)| *end).collect();
    ends.sort_unstable();
    // They are in the order of their starts: of those before one the running ones meet it, of those behind
    // it the ones that begin before its end.
    let (mut running, mut ending) = (BTreeSet::new(), BinaryHeap::new());
    for (place, &(start, end)) in windows.iter().enumerate() {
        while let Some(&Reverse((over, which))) = ending.peek()
            && over <= start
        {
            running.remove(&which);
            ending.pop();
        }
        let begun = windows.partition_point(|(other, _)| *other < end);
        let ended = ends.partition_point(|other| *other <= start);
        let named = running.iter().copied().chain(place + 1..begun).take(NAMED);
        let named: Vec<Mention> = named.map(|other| bookings[open[other]].release.clone()).collect();
        let more = begun.saturating_sub(ended + 1 + named.len());
        found[open[place]] = (named, more);
        running.insert(place);
        ending.push(Reverse((end, place)));
    }
    found
}

/// From when to when a release takes place. One whose end is not said is there when it begins.
fn stretch(booking: &Booking) -> (Timestamp, Timestamp) {
    let (start, end) = booking.window;
    let least = SignedDuration::from_nanos(1);
    (start, end.unwrap_or_else(|| start.checked_add(least).unwrap_or(start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Verdict;

    fn booking(name: &str, window: (i64, Option<i64>), ended: bool) -> Booking {
        let instant = |hour: i64| Timestamp::from_second(hour * 3600).unwrap();
        let to = Destination::Page { path: format!("releases/{name}.html"), anchor: String::new() };
        Booking {
            release: Mention { text: name.to_owned(), id: name.to_owned(), to, holder: None },
            environment: String::new(),
            day: jiff::civil::date(2026, 12, 1),
            time: String::new(),
            window: (instant(window.0), window.1.map(instant)),
            verdict: Verdict::Go,
            outcome: ended.then(|| "success".to_owned()),
            gates: Vec::new(),
            at_once: Vec::new(),
            more_at_once: 0,
            file: String::new(),
        }
    }

    #[test]
    fn what_takes_place_at_the_same_time_is_named_up_to_a_number() {
        let mut bookings = vec![
            booking("long", (0, Some(100)), false),
            booking("first", (1, Some(3)), false),
            booking("over", (1, Some(3)), true),
            booking("second", (2, Some(4)), false),
            booking("moment", (3, None), false),
            booking("other", (3, None), false),
        ];
        bookings.extend((4..10).map(|at| booking(&format!("n{at}"), (at, Some(at + 1)), false)));
        let told: Vec<String> = at_once(&bookings)
            .into_iter()
            .map(|(named, more)| {
                let named: Vec<&str> = named.iter().map(|mention| mention.id.as_str()).collect();
                format!("{} +{more}", named.join(" "))
            })
            .collect();
        assert_eq!(
            told[..7],
            [
                "first second moment other n4 +5",
                "long second +0",
                " +0",
                "long first moment other +0",
                "long second other +0",
                "long second moment +0",
                "long +0",
            ]
        );
    }
}
