//! `content/roster.yaml` as it is written: who there is.

use schemars::JsonSchema;
use serde::Deserialize;

use super::pattern::ID;
use crate::source::{Entries, Field, Many, Short};

/// People, teams, roles and outside contacts, by id.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub struct Roster {
    /// People by id.
    #[schemars(extend("propertyNames" = { "pattern": ID }))]
    pub people: Field<Entries<Short<Person>>>,
    /// Teams by id.
    #[schemars(extend("propertyNames" = { "pattern": ID }))]
    pub teams: Field<Entries<Short<Team>>>,
    /// Roles by id: what sections and checks are owned by.
    #[schemars(extend("propertyNames" = { "pattern": ID }))]
    pub roles: Field<Entries<Short<Role>>>,
    /// Contacts outside the organisation by id.
    #[schemars(extend("propertyNames" = { "pattern": ID }))]
    pub contacts: Field<Entries<Short<Contact>>>,
}

impl Roster {
    /// Whether every list of it could be read.
    pub fn is_whole(&self) -> bool {
        let Self { people, teams, roles, contacts } = self;
        let whole = [
            people.is_present() == people.get().is_some(),
            teams.is_present() == teams.get().is_some(),
            roles.is_present() == roles.get().is_some(),
            contacts.is_present() == contacts.get().is_some(),
        ];
        whole.into_iter().all(|whole| whole)
    }
}

/// A person.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["name"]))]
pub struct Person {
    /// Full name.
    pub name: Field<String>,
    /// Mail address.
    pub email: Field<String>,
    /// Telephone number; quote it when it begins with `+`.
    pub phone: Field<String>,
    /// Handle in the chat; quote it when it begins with `@`.
    pub chat: Field<String>,
    /// When the person can be reached.
    pub hours: Field<String>,
}

/// A team.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title"]))]
pub struct Team {
    /// Name of the team.
    pub title: Field<String>,
    /// Ids of people.
    pub members: Field<Many<String>>,
    /// Mail address.
    pub email: Field<String>,
    /// Telephone number.
    pub phone: Field<String>,
    /// Channel in the chat; quote it, `#` starts a comment.
    pub chat: Field<String>,
    /// When the team can be reached.
    pub hours: Field<String>,
}

/// A role: a hat that one person wears at a time.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title"]))]
pub struct Role {
    /// Name of the role.
    pub title: Field<String>,
    /// What the role answers for.
    pub about: Field<String>,
    /// Id of the person or team that holds the role by default.
    pub holder: Field<String>,
    /// Id of the person or team that takes over.
    pub backup: Field<String>,
    /// Mail address of the role itself.
    pub email: Field<String>,
    /// Telephone number of the role itself, for example of a rota.
    pub phone: Field<String>,
    /// Handle or channel in the chat.
    pub chat: Field<String>,
    /// When the role can be reached.
    pub hours: Field<String>,
}

/// A contact outside the organisation.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title"]))]
pub struct Contact {
    /// Who it is.
    pub title: Field<String>,
    /// What to call them for.
    pub about: Field<String>,
    /// Mail address.
    pub email: Field<String>,
    /// Telephone number.
    pub phone: Field<String>,
    /// Handle or channel in the chat.
    pub chat: Field<String>,
    /// Web address, for example of a support desk.
    pub url: Field<String>,
    /// When they can be reached.
    pub hours: Field<String>,
}
