//! Releases in the order of their windows.
//!
//! Takes plans and the heads of releases, gives a booking for each that has a window, with those that take
//! place at the same time.

use std::sync::Arc;

use super::index::World;
use super::state::MINUTE;
use crate::config::Labels;
use crate::model::release::Window;
use crate::view::{Booking, Destination, Head, Mention, plain};

/// A booking for each release with a window, in the order of the starts.
pub(super) fn bookings(world: World<'_>, releases: &[Arc<Head>]) -> Vec<Booking> {
    let window = |head: &Head| world.library.release(&head.name)?.window.as_ref();
    let booked = releases.iter().filter_map(|head| booking(head, window(head)?, world.labels));
    let mut bookings: Vec<Booking> = booked.collect();
    bookings.sort_by(|a, b| (a.window.0, &a.release.id).cmp(&(b.window.0, &b.release.id)));
    let all: Vec<Vec<Mention>> = (0..bookings.len()).map(|at| overlapping(&bookings, at)).collect();
    for (booking, at_once) in bookings.iter_mut().zip(all) {
        booking.at_once = at_once;
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

/// The other releases that take place at the same time as the one at position `at`. Only a release
/// that has not ended counts: one that is over is in nobody's way.
fn overlapping(bookings: &[Booking], at: usize) -> Vec<Mention> {
    let end = |booking: &Booking| booking.window.1.unwrap_or(booking.window.0);
    let meet = |a: &Booking, b: &Booking| a.window.0 < end(b) && b.window.0 < end(a);
    let Some(own) = bookings.get(at).filter(|own| own.outcome.is_none()) else { return Vec::new() };
    // They are in the order of their starts: what begins after this one has ended cannot meet it.
    let near = bookings.iter().enumerate().take_while(|(_, other)| other.window.0 < end(own));
    let others = near.filter(|(other, _)| *other != at).map(|(_, other)| other);
    others
        .filter(|other| other.outcome.is_none() && meet(own, other))
        .map(|other| other.release.clone())
        .collect()
}
