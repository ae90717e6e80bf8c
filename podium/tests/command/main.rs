//! The program as a person meets it, as a child process in a folder of its own.

mod attacks;
mod import_athlete_events;
mod import_podium;
mod import_two_sources;
mod program;
mod server;
