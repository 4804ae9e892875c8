//! HTTP for one person who writes: pages from memory, reloaded when they change.
//!
//! Takes a `Board` on which the program hangs what is to be seen, gives it to browsers. Only what the
//! content knows by name can be asked for, so no path leaves the site, and a request has to name this
//! server, so no other site can make a browser read it. It may not read the disk.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, HeaderName, IF_NONE_MATCH, LOCATION,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::watch::Receiver;

use super::board::{Board, Shown};
use super::end::End;
use super::live::{self, Change};
use crate::error::{Error, Result};

/// The script of live reload.
const SCRIPT: &str = include_str!("live.js");
/// Whether other sites may load what is served, as by `<script src>`: the search index is such a script.
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// Below this nothing of a site is found.
const OWN: &str = "/_runsheet/";
/// How often a quiet connection is used, so that nobody between takes it for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Where a server listens.
#[derive(Debug, Clone)]
pub struct Address {
    /// A name or a number; anything but this machine only where somebody asks for it.
    pub host: String,
    /// 0 lets the system choose.
    pub port: u16,
}

/// A server that has its address and answers nobody yet.
pub struct Server {
    runtime: Handle,
    listener: TcpListener,
    address: SocketAddr,
    host: String,
}

impl Server {
    /// Takes the address, until the end.
    ///
    /// # Errors
    /// When it is in use or not of this machine.
    pub fn bind(address: &Address, end: &End) -> Result<Self> {
        let Address { host, port } = address;
        let failed = |error: std::io::Error| {
            let help = match error.kind() {
                ErrorKind::AddrInUse | ErrorKind::PermissionDenied => {
                    "choose another with `--port`; `--port 0` takes any that is free"
                }
                _ => "`--host` takes a name or number of this machine, as `localhost` or `0.0.0.0`",
            };
            Error::usage_help(format!("cannot listen at {host}:{port}: {error}"), help)
        };
        let name = host.trim_start_matches('[').trim_end_matches(']');
        let listener = end.runtime.block_on(TcpListener::bind((name, *port))).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { runtime: end.runtime.handle().clone(), listener, address, host: name.to_owned() })
    }

    /// Its address in a browser of this machine.
    pub fn url(&self) -> String {
        let (ip, port) = (self.address.ip(), self.address.port());
        match ip {
            _ if ip.is_unspecified() => format!("http://localhost:{port}/"),
            IpAddr::V6(_) => format!("http://[{ip}]:{port}/"),
            IpAddr::V4(_) => format!("http://{ip}:{port}/"),
        }
    }

    /// Answers from now on, until the end.
    pub fn start(self, board: &Arc<Board>) {
        let Self { runtime, listener, address, host } = self;
        let guard = Arc::new(Guard { host, all: address.ip().is_unspecified() });
        let router = Router::new().fallback(answer).with_state(Arc::clone(board));
        let router = router.layer(axum::middleware::from_fn_with_state(guard, guarded));
        // This neither ends nor fails: what is wrong with a connection is the end of that one.
        runtime.spawn(axum::serve(listener, router).into_future());
    }
}

/// Which names a request may give to this server.
struct Guard {
    /// As it was asked for.
    host: String,
    /// Whether it listens at every address of the machine.
    all: bool,
}

impl Guard {
    /// A site of somebody else cannot choose the `Host` of a request, only the name that it has itself;
    /// so numbers and this machine's own names are safe.
    fn knows(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let name =
            name.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_ascii_lowercase();
        let number = name.parse::<IpAddr>().ok();
        let own = number.is_some_and(|number| self.all || number.is_loopback());
        own || name == "localhost" || name.ends_with(".localhost") || name == self.host.to_ascii_lowercase()
    }

    /// Whether a request gives a name, and none but those of this server.
    fn is_meant(&self, request: &Request) -> bool {
        let (headers, target) = (request.headers(), request.uri().host());
        let mut hosts = headers.get_all(HOST).iter();
        headers.contains_key(HOST)
            && hosts.all(|host| host.to_str().is_ok_and(|host| self.knows(host)))
            && target.is_none_or(|host| self.knows(host))
    }
}

/// Lets through what reads, and what means this server.
async fn guarded(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    if !guard.is_meant(&request) {
        let text = "this server does not go by that name; `--host NAME` gives it one\n";
        return plain(StatusCode::MISDIRECTED_REQUEST, text);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "this server is only read\n");
        refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let mut response = next.run(request).await;
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    response
}

async fn answer(State(board): State<Arc<Board>>, uri: Uri, headers: HeaderMap) -> Response {
    match uri.path().strip_prefix(OWN) {
        Some("live.js") => {
            let script = board.shown().content.worded(SCRIPT);
            file("live.js", StatusCode::OK, None, script.into_bytes())
        }
        Some("events") => match Query::<Viewer>::try_from_uri(&uri) {
            Ok(Query(viewer)) => events(&board, viewer).into_response(),
            Err(_) => plain(StatusCode::BAD_REQUEST, "which page?\n"),
        },
        Some(_) => plain(StatusCode::NOT_FOUND, "there is nothing here\n"),
        None => {
            let path = live::site_path(uri.path());
            let known = headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).map(str::to_owned);
            // Making a page or a sheet is work: others are answered meanwhile.
            let shown = board.shown();
            let made = tokio::task::spawn_blocking(move || page(&shown, &path, known.as_deref())).await;
            made.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "this page could not be made\n"))
        }
    }
}

/// A file of the site, or its page for files that are not there.
fn page(shown: &Shown, path: &str, known: Option<&str>) -> Response {
    let content = shown.content.as_ref();
    let same = |one: &str, version: &str| {
        let one = one.trim();
        one == "*" || one.trim_start_matches("W/").trim_matches('"') == version
    };
    let has = |version: &str| known.is_some_and(|tags| tags.split(',').any(|one| same(one, version)));
    let Some(found) = live::find(content, path, &has) else {
        if let Some(successor) = live::successor(content, path) {
            return (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, format!("/{successor}"))]).into_response();
        }
        let text = content.not_found().unwrap_or_else(|| b"not found\n".to_vec());
        return file("404.html", StatusCode::NOT_FOUND, None, live::inject(content, text, "404.html", ""));
    };
    let tag = format!("\"{}\"", found.version);
    match found.bytes {
        None => file(path, StatusCode::NOT_MODIFIED, Some(&tag), Vec::new()),
        Some(Ok(bytes)) => {
            file(path, StatusCode::OK, Some(&tag), live::inject(content, bytes, path, &found.version))
        }
        Some(Err(why)) => {
            let text = live::inject(content, live::failure(path, &why), "failure.html", "");
            file("failure.html", StatusCode::INTERNAL_SERVER_ERROR, None, text)
        }
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn file(path: &str, status: StatusCode, tag: Option<&str>, bytes: Vec<u8>) -> Response {
    let mut response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, live::content_type(path))
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(CACHE_CONTROL, live::caching(path));
    if let Some(tag) = tag {
        response = response.header(ETAG, tag);
    }
    // Made of constants and hexadecimal digits.
    response.body(Body::from(bytes)).unwrap_or_default()
}

/// A page that is open in a browser.
#[derive(Deserialize)]
struct Viewer {
    /// Its path, as in the address.
    page: String,
    /// The version that the browser has.
    version: String,
}

type Told = std::result::Result<Event, Infallible>;

/// Tells a browser what became of its page.
fn events(board: &Board, viewer: Viewer) -> Sse<impl Stream<Item = Told> + use<>> {
    let watching = Watching {
        path: live::site_path(&viewer.page),
        version: viewer.version,
        trouble: None,
        shown: board.subscribe(),
        first: true,
    };
    let events = stream::unfold(watching, Watching::next);
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

/// What one browser knows.
struct Watching {
    path: String,
    version: String,
    trouble: Option<Arc<str>>,
    shown: Receiver<Shown>,
    first: bool,
}

impl Watching {
    /// Waits for the next thing to tell; ends with the program.
    async fn next(mut self) -> Option<(Told, Self)> {
        loop {
            if !self.first {
                self.shown.changed().await.ok()?;
            }
            let shown = self.shown.borrow_and_update().clone();
            if shown.trouble != self.trouble {
                // What became of the page is told after this.
                (self.first, self.trouble) = (true, shown.trouble.clone());
                let event = match &shown.trouble {
                    Some(report) => Event::default().event("trouble").data(report.as_ref()),
                    // Browsers drop events without data.
                    None => Event::default().event("fine").data("now"),
                };
                return Some((Ok(event), self));
            }
            self.first = false;
            let (path, version) = (self.path.clone(), self.version.clone());
            let look = move || live::change(shown.content.as_ref(), &path, &version);
            let event = match tokio::task::spawn_blocking(look).await.ok()? {
                Change::None => continue,
                Change::Style { href, version } => {
                    self.version = version;
                    Event::default().event("style").data(href)
                }
                Change::Page => {
                    self.version.clear();
                    Event::default().event("reload").data("now")
                }
            };
            return Some((Ok(event), self));
        }
    }
}
