//! Where a source file is shown and edited on the host of its repository.
//!
//! Takes the address of a repository as somebody copies it from a browser, gives addresses of files.
//! A branch and a folder in it are taken from the address, `https://github.com/acme/ops/tree/main/books`;
//! without a branch, links lead to the default one.

use super::link;

/// A repository on a code host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repository<'a> {
    host: Host,
    /// Its address, without a slash at its end.
    base: &'a str,
    /// The branch, if the address names one.
    branch: Option<&'a str>,
    /// The folder of the project in it, with a slash at its end, or nothing.
    folder: String,
}

/// The software of a code host: decides how its addresses look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Host {
    GitHub,
    GitLab,
    /// Gitea, Forgejo and what is made from them.
    Gitea,
    Bitbucket,
    Azure,
}

/// What stands between a repository and a branch, on each host; the first that is found counts.
const TREES: [(&str, Host); 4] = [
    ("/-/tree/", Host::GitLab),
    ("/src/branch/", Host::Gitea),
    ("/tree/", Host::GitHub),
    ("/src/", Host::Bitbucket),
];

/// Words of addresses by which hosts are known.
const NAMES: [(&str, Host); 8] = [
    ("gitlab", Host::GitLab),
    ("codeberg.org", Host::Gitea),
    ("gitea", Host::Gitea),
    ("forgejo", Host::Gitea),
    ("bitbucket", Host::Bitbucket),
    ("dev.azure.com", Host::Azure),
    ("visualstudio.com", Host::Azure),
    ("/_git/", Host::Azure),
];

impl<'a> Repository<'a> {
    /// `None` where the address is no web address.
    pub(super) fn new(address: &'a str) -> Option<Self> {
        let web = address.starts_with("https://") || address.starts_with("http://");
        let address = address.trim_end_matches('/').trim_end_matches(".git");
        let split = |(tree, host): (&'static str, Host)| {
            let (base, rest) = address.split_once(tree)?;
            let (branch, folder) = rest.split_once('/').unwrap_or((rest, ""));
            let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            Some(Self { host, base, branch: Some(branch), folder })
        };
        let named = NAMES.into_iter().find(|(name, _)| address.contains(name));
        let host = named.map_or(Host::GitHub, |(_, host)| host);
        let whole = || Self { host, base: address, branch: None, folder: String::new() };
        web.then(|| TREES.into_iter().find_map(split).unwrap_or_else(whole))
    }

    /// The address at which a file of the project is shown.
    pub(super) fn view(&self, path: &str) -> String {
        let (base, file) = (self.base, self.file(path));
        let (branch, main) = (self.branch.unwrap_or("HEAD"), self.branch.unwrap_or("main"));
        match self.host {
            Host::GitHub => format!("{base}/blob/{branch}/{file}"),
            Host::GitLab => format!("{base}/-/blob/{branch}/{file}"),
            Host::Gitea => format!("{base}/src/branch/{main}/{file}"),
            Host::Bitbucket => format!("{base}/src/{branch}/{file}"),
            Host::Azure => format!("{base}?path=/{file}"),
        }
    }

    /// The address at which a file of the project is edited; a host that has none edits it where it
    /// shows it.
    pub(super) fn edit(&self, path: &str) -> Option<String> {
        let (base, file) = (self.base, self.file(path));
        let (branch, main) = (self.branch.unwrap_or("HEAD"), self.branch.unwrap_or("main"));
        match self.host {
            Host::GitHub => Some(format!("{base}/edit/{branch}/{file}")),
            Host::GitLab => Some(format!("{base}/-/edit/{main}/{file}")),
            Host::Gitea => Some(format!("{base}/_edit/{main}/{file}")),
            Host::Bitbucket => Some(format!("{base}/src/{branch}/{file}?mode=edit")),
            Host::Azure => None,
        }
    }

    /// The path of a file in the repository, encoded.
    fn file(&self, path: &str) -> String {
        link::page("index.html", &format!("{}{path}", self.folder), "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(address: &str) -> (String, String) {
        let repository = Repository::new(address).unwrap();
        let edit = repository.edit("content/a b.yaml").unwrap_or_default();
        (repository.view("content/a b.yaml"), edit)
    }

    #[test]
    fn every_host_has_its_addresses() {
        let cases = [
            (
                "https://github.com/acme/ops",
                "https://github.com/acme/ops/blob/HEAD/content/a%20b.yaml",
                "https://github.com/acme/ops/edit/HEAD/content/a%20b.yaml",
            ),
            (
                "https://github.com/acme/ops/tree/main/books",
                "https://github.com/acme/ops/blob/main/books/content/a%20b.yaml",
                "https://github.com/acme/ops/edit/main/books/content/a%20b.yaml",
            ),
            (
                "https://gitlab.example.org/acme/ops",
                "https://gitlab.example.org/acme/ops/-/blob/HEAD/content/a%20b.yaml",
                "https://gitlab.example.org/acme/ops/-/edit/main/content/a%20b.yaml",
            ),
            (
                "https://code.example.org/acme/ops/-/tree/trunk",
                "https://code.example.org/acme/ops/-/blob/trunk/content/a%20b.yaml",
                "https://code.example.org/acme/ops/-/edit/trunk/content/a%20b.yaml",
            ),
            (
                "https://codeberg.org/acme/ops",
                "https://codeberg.org/acme/ops/src/branch/main/content/a%20b.yaml",
                "https://codeberg.org/acme/ops/_edit/main/content/a%20b.yaml",
            ),
            (
                "http://git.local/acme/ops/src/branch/trunk",
                "http://git.local/acme/ops/src/branch/trunk/content/a%20b.yaml",
                "http://git.local/acme/ops/_edit/trunk/content/a%20b.yaml",
            ),
            (
                "https://bitbucket.org/acme/ops/src/main/",
                "https://bitbucket.org/acme/ops/src/main/content/a%20b.yaml",
                "https://bitbucket.org/acme/ops/src/main/content/a%20b.yaml?mode=edit",
            ),
            (
                "https://dev.azure.com/acme/p/_git/ops",
                "https://dev.azure.com/acme/p/_git/ops?path=/content/a%20b.yaml",
                "",
            ),
        ];
        for (address, view, edit) in cases {
            assert_eq!(links(address), (view.to_owned(), edit.to_owned()), "{address}");
        }
        assert_eq!(Repository::new("javascript:alert(1)"), None);
    }
}
