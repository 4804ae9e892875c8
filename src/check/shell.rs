//! What a command does, as far as its words tell.
//!
//! Takes the code of a step as text, gives whether it only looks, changes something, or destroys
//! something. It reads words, not shell grammar: it may miss, and should not cry wolf.

use std::ops::Range;

/// A command within a longer code: its words and where it stands.
struct Simple<'a> {
    at: usize,
    text: &'a str,
    words: Vec<&'a str>,
}

/// Whether a title says that something is done to the system, and not only looked at.
pub(super) fn title_changes(title: &str) -> bool {
    const VERBS: &[&str] = &[
        "apply",
        "cut",
        "delete",
        "deploy",
        "disable",
        "drain",
        "drop",
        "enable",
        "failover",
        "flip",
        "install",
        "migrate",
        "patch",
        "promote",
        "purge",
        "reboot",
        "reload",
        "remove",
        "restart",
        "restore",
        "revert",
        "roll",
        "rotate",
        "scale",
        "shut",
        "start",
        "stop",
        "switch",
        "truncate",
        "uninstall",
        "update",
        "upgrade",
    ];
    let first = title.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    first.is_some_and(|word| VERBS.contains(&word.to_lowercase().as_str()))
}

/// Whether a title says that something is only looked at.
pub(super) fn title_verifies(title: &str) -> bool {
    const VERBS: &[&str] = &[
        "check", "compare", "confirm", "ensure", "inspect", "monitor", "observe", "review", "smoke", "test",
        "validate", "verify", "watch",
    ];
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| VERBS.contains(&word.to_lowercase().as_str()))
}

/// Whether a code changes the state of something: one of its commands is known to.
pub(super) fn changes(code: &str) -> bool {
    destroys(code).is_some() || commands(code).iter().any(command_changes)
}

/// Commands that change something whatever their arguments.
const ALWAYS: &[&str] = &[
    "alembic",
    "ansible-playbook",
    "apt",
    "apt-get",
    "certbot",
    "chmod",
    "chown",
    "cp",
    "createdb",
    "dropdb",
    "insert",
    "kill",
    "ln",
    "mkdir",
    "mv",
    "npm",
    "pg_restore",
    "pip",
    "pip3",
    "reboot",
    "rm",
    "rsync",
    "scp",
    "service",
    "shutdown",
    "update",
    "yarn",
];

/// Commands that change something with one of these among their first arguments.
const SOMETIMES: &[(&str, &[&str])] = &[
    ("argocd", &["rollback", "set", "sync"]),
    (
        "aws",
        &[
            "modify", "create", "delete", "update", "put", "restore", "stop", "start", "run", "cp", "sync",
            "rm",
        ],
    ),
    ("docker", &["compose", "kill", "load", "push", "restart", "rm", "run", "start", "stop", "tag"]),
    ("docker-compose", &["down", "restart", "up"]),
    ("gcloud", &["create", "delete", "deploy", "update"]),
    ("git", &["checkout", "merge", "pull", "push", "reset", "revert"]),
    ("helm", &["install", "rollback", "uninstall", "upgrade"]),
    ("kubectl", &["apply", "cordon", "create", "delete", "drain", "patch", "replace", "scale", "set"]),
    ("nginx", &["reload", "stop"]),
    ("redis-cli", &["del", "flushall", "flushdb", "set"]),
    ("systemctl", &["disable", "enable", "reload", "restart", "start", "stop"]),
    ("terraform", &["apply", "destroy"]),
];

fn command_changes(command: &Simple<'_>) -> bool {
    let words = command.words.iter().skip_while(|word| is_prefix(word));
    let words: Vec<String> = words.map(|word| word.to_lowercase()).collect();
    let Some(name) = words.first().map(|word| word.rsplit('/').next().unwrap_or(word)) else { return false };
    if matches!(name, "npm" | "yarn" | "pip" | "pip3" | "service") {
        let acts = ["install", "ci", "restart", "start", "stop", "reload", "uninstall", "publish"];
        return words.iter().any(|word| acts.contains(&word.as_str()));
    }
    let acts = |verbs: &[&str]| {
        let mut arguments = words.iter().skip(1).take(3);
        arguments.any(|word| verbs.iter().any(|verb| word.split(['-', '=']).any(|part| part == *verb)))
    };
    let script = name.ends_with(".sh")
        && ["deploy", "migrate", "rollback", "restore"].iter().any(|verb| name.contains(verb));
    script || ALWAYS.contains(&name) || SOMETIMES.iter().any(|(known, verbs)| *known == name && acts(verbs))
}

/// Words before a command that say nothing about it.
fn is_prefix(word: &str) -> bool {
    let assignment = word
        .split_once('=')
        .is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
    assignment
        || matches!(word, "sudo" | "then" | "do" | "else" | "time" | "nohup" | "exec" | "!" | "{" | "(")
}

/// The first command that destroys data or history, and what it does.
pub(super) fn destroys(code: &str) -> Option<(Range<usize>, &'static str)> {
    commands(code).iter().find_map(|command| {
        let what = shell_destroys(command).or_else(|| data_destroys(command))?;
        Some((command.at..command.at + command.text.len(), what))
    })
}

fn shell_destroys(command: &Simple<'_>) -> Option<&'static str> {
    let words: Vec<&str> = command.words.iter().copied().skip_while(|word| is_prefix(word)).collect();
    let name = words.first()?.rsplit('/').next()?;
    let has = |wanted: &str| words.contains(&wanted);
    let short = |letter: char| {
        words.iter().any(|word| word.starts_with('-') && !word.starts_with("--") && word.contains(letter))
    };
    match name {
        "rm" if (short('r') || short('R') || has("--recursive"))
            && !words.iter().skip(1).all(|word| disposable(word)) =>
        {
            Some("deletes whole folders")
        }
        "git" if has("push") && (has("--force") || short('f')) => {
            Some("rewrites the history that others have")
        }
        "git" if has("reset") && has("--hard") => Some("throws changes away"),
        "git" if has("clean") && short('f') => Some("deletes files that git does not know"),
        "dd" if words.iter().any(|word| word.starts_with("of=/dev/")) => Some("overwrites a disk"),
        "terraform" | "tofu" | "pulumi" if has("destroy") => Some("destroys infrastructure"),
        "kubectl" if has("delete") && ["namespace", "ns", "pvc", "pv", "--all"].into_iter().any(has) => {
            Some("deletes whole namespaces or volumes")
        }
        "docker" if (has("system") || has("volume")) && (has("prune") || has("rm")) => {
            Some("deletes volumes")
        }
        "docker-compose" if has("down") && (has("-v") || has("--volumes")) => Some("deletes volumes"),
        "docker" if has("compose") && has("down") && (has("-v") || has("--volumes")) => {
            Some("deletes volumes")
        }
        "aws" if has("s3") && (has("rb") || (has("rm") && has("--recursive"))) => {
            Some("deletes whole buckets")
        }
        "dropdb" => Some("drops a database"),
        _ if name.starts_with("mkfs") => Some("formats a disk"),
        _ => None,
    }
}

/// Folders that are made anew by the next build.
fn disposable(word: &str) -> bool {
    const FOLDERS: &[&str] =
        &["node_modules", "dist", "build", "target", "__pycache__", ".cache", ".next", "tmp", "coverage"];
    let word = word.trim_matches(['"', '\'']);
    let last = word.trim_end_matches("/*").trim_end_matches('/').rsplit('/').next().unwrap_or(word);
    word.starts_with('-') || word.starts_with("/tmp/") || FOLDERS.contains(&last)
}

/// SQL and Redis, wherever they stand in a command.
fn data_destroys(command: &Simple<'_>) -> Option<&'static str> {
    let upper = command.text.to_uppercase();
    let words: Vec<&str> =
        upper.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let pair = |first: &str, second: &[&str]| {
        words.windows(2).any(|pair| pair[0] == first && second.contains(&pair[1]))
    };
    if words.iter().any(|word| matches!(*word, "FLUSHALL" | "FLUSHDB")) {
        return Some("empties the cache or store");
    }
    if pair("DROP", &["TABLE", "DATABASE", "SCHEMA"]) {
        return Some("drops data");
    }
    if pair("TRUNCATE", &["TABLE"]) {
        return Some("empties a table");
    }
    (pair("DELETE", &["FROM"]) && !words.contains(&"WHERE")).then_some("deletes every row")
}

/// The commands of a code, one after another; comments are left out.
fn commands(code: &str) -> Vec<Simple<'_>> {
    let base = code.as_ptr() as usize;
    let mut found = Vec::new();
    for line in code.lines() {
        let line = line.trim();
        if line.starts_with('#') || line.starts_with("--") {
            continue;
        }
        for part in line.split([';', '|', '&']) {
            let text = part.trim();
            if !text.is_empty() {
                let words = text.split_whitespace().collect();
                found.push(Simple { at: text.as_ptr() as usize - base, text, words });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_destroys() {
        for code in [
            "rm -rf /var/lib/app",
            "sudo rm -fr /srv/*",
            "psql -c 'DROP TABLE orders'",
            "redis-cli FLUSHALL",
            "git push --force origin main",
            "git push -f",
            "cd x && git reset --hard HEAD~1",
            "terraform destroy",
            "psql -c \"DELETE FROM orders;\"",
            "kubectl delete ns orders",
            "docker compose down -v",
        ] {
            assert!(destroys(code).is_some(), "{code}");
        }
    }

    #[test]
    fn leaves_the_harmless_alone() {
        for code in [
            "rm -rf node_modules dist",
            "rm file.txt",
            "rm -rf /tmp/build-1",
            "git push origin main",
            "# rm -rf /",
            "psql -c 'DELETE FROM carts WHERE age > 30'",
            "kubectl delete pod api-1",
            "terraform plan",
            "docker ps",
            "echo dropped",
            "git push --force-with-lease",
        ] {
            assert!(destroys(code).is_none(), "{code}");
        }
    }

    #[test]
    fn tells_looking_from_changing() {
        for code in [
            "systemctl restart api",
            "sudo systemctl stop api",
            "alembic upgrade head",
            "kubectl apply -f x.yaml",
            "./deploy_production.sh",
            "aws rds modify-db-instance --x",
        ] {
            assert!(changes(code), "{code}");
        }
        for code in [
            "curl -fsS https://example.org",
            "systemctl status api",
            "kubectl get pods",
            "git log -1",
            "df -h",
            "aws rds describe-db-instances",
            "npm test",
        ] {
            assert!(!changes(code), "{code}");
        }
    }
}
