//! The service as its clients meet it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod app;
mod commands;
mod connections;
mod desk;
mod kill;
mod limits;
mod openapi;
mod ops;
mod privacy;
mod roles;
mod site;
mod storage;
mod stream;
mod tickets;
mod uploads;
