//! End-to-end tests of the program, as a child process in its own folder.

mod attacks;
mod backup;
mod connections;
mod http2;
mod import_athlete_events;
mod import_forms;
mod import_podium;
mod import_two_sources;
mod log;
mod program;
mod server;
mod traces;
