//! Operators and their tokens.

use super::audit::{self, Trace};
use super::db::params;
use super::{Store, StoreError};
use crate::clock;
use crate::secret::Token;

/// What an operator may do; a set of scopes under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Works on tickets of the own departments.
    Operator,
    /// The same, and gives tickets to others.
    Chief,
    /// Reads, and changes nothing.
    Auditor,
    /// Everything, in every department.
    Admin,
}

/// One right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// See queue, cards and files.
    Read,
    /// Comment and act.
    Work,
    /// Give a ticket to a department or a person.
    Assign,
    /// See names and contacts.
    Unmask,
}

impl Scope {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Read => "tickets:read",
            Scope::Work => "tickets:work",
            Scope::Assign => "tickets:assign",
            Scope::Unmask => "tickets:unmask",
        }
    }
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [Role::Operator, Role::Chief, Role::Auditor, Role::Admin];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::Chief => "chief",
            Role::Auditor => "auditor",
            Role::Admin => "admin",
        }
    }

    /// The role of a name.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Its rights.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Role::Operator => &[Scope::Read, Scope::Work, Scope::Unmask],
            Role::Chief | Role::Admin => &[Scope::Read, Scope::Work, Scope::Assign, Scope::Unmask],
            Role::Auditor => &[Scope::Read],
        }
    }
}

/// An operator whose token was good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub name: String,
    pub role: Role,
    /// Empty means every department.
    pub departments: Vec<String>,
}

impl Operator {
    /// Whether tickets of the department are seen.
    pub fn sees(&self, department: &str) -> bool {
        self.role == Role::Admin || self.departments.is_empty() || self.departments.iter().any(|it| it == department)
    }

    /// Whether the role has the right.
    pub fn may(&self, scope: Scope) -> bool {
        self.role.scopes().contains(&scope)
    }
}

fn listed(departments: &str) -> Vec<String> {
    departments.split(',').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

impl Store {
    /// Gives an operator a new token, valid for `days`; an earlier token of the same name ends.
    pub async fn add_operator(&self, operator: Operator, days: i64) -> Result<Token, StoreError> {
        self.write(move |tx| {
            let token = Token::random()?;
            tx.db.execute(
                "INSERT INTO operators (name, token_hash, role, departments, expires_at) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (name) DO UPDATE SET token_hash = ?2, role = ?3, departments = ?4, expires_at = ?5, \
                 revoked = FALSE",
                params![
                    operator.name,
                    token.hash(),
                    operator.role.name(),
                    operator.departments.join(","),
                    clock::now() + days * 86_400,
                ],
            )?;
            let what = format!("operator:{}", operator.role.name());
            audit::note(tx, &Trace { actor: "system", author: None, what: &what, object: &operator.name })?;
            Ok(token)
        })
        .await
    }

    /// Ends an operator's token; `false` when there is no such operator.
    pub async fn revoke_operator(&self, name: String) -> Result<bool, StoreError> {
        self.write(move |tx| {
            let known = tx.db.execute("UPDATE operators SET revoked = TRUE WHERE name = ?1", [&name])? == 1;
            audit::note(tx, &Trace { actor: "system", author: None, what: "operator:revoke", object: &name })?;
            Ok(known)
        })
        .await
    }

    /// Role and departments under a name, also of one whose token has ended; `None` where there is no such name.
    pub async fn operator_named(&self, name: String) -> Result<Option<Operator>, StoreError> {
        self.read(move |db| {
            let sql = "SELECT role, departments FROM operators WHERE name = ?1";
            let row: Option<(String, String)> = db.first(sql, [&name], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(row.and_then(|(role, departments)| {
                Some(Operator { name, role: Role::parse(&role)?, departments: listed(&departments) })
            }))
        })
        .await
    }

    /// The operator of a token that has not ended.
    pub async fn operator(&self, token: &Token) -> Result<Option<Operator>, StoreError> {
        let hash = token.hash();
        self.read(move |db| {
            let sql = "SELECT name, role, departments FROM operators \
                       WHERE token_hash = ?1 AND NOT revoked AND expires_at > ?2";
            let row: Option<(String, String, String)> =
                db.first(sql, params![hash, clock::now()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            Ok(row.and_then(|(name, role, departments)| {
                Some(Operator { name, role: Role::parse(&role)?, departments: listed(&departments) })
            }))
        })
        .await
    }
}
