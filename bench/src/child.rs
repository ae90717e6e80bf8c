//! Runs a child process to its end and measures its cost.

use std::fs::File;
use std::io::{Read, Seek};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::process;

/// The cost of a run.
#[derive(Clone, Debug)]
pub struct Cost {
    /// CPU seconds, user and system.
    pub cpu: f64,
    /// Wall-clock seconds.
    pub wall: f64,
    /// Peak memory in MiB. The kernel keeps the maximum, which is sampled every 50 milliseconds, so only a rise at the very end is
    /// missed. (The kernel's value over all children would be that of the largest child so far.)
    pub peak: f64,
    /// Standard output and standard error together.
    pub told: String,
}

const BETWEEN_SAMPLES: Duration = Duration::from_millis(50);

/// Runs one program. No other child may end meanwhile, since CPU time is counted over all children.
pub fn run(command: &mut Command) -> Result<Cost> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut output = tempfile::tempfile()?;
    command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output.try_clone()?);
    let (before, started) = (process::cpu_of_children()?, Instant::now());
    let child = command.spawn().with_context(|| format!("{name} does not start"))?;
    let (succeeded, peak) = wait(child)?;
    let (wall, cpu) = (started.elapsed().as_secs_f64(), process::cpu_of_children()? - before);
    let told = read(&mut output)?;
    ensure!(succeeded, "{name} failed: {told}");
    Ok(Cost { cpu, wall, peak, told })
}

/// Waits for the end. Returns whether the program succeeded, and its peak memory.
fn wait(mut child: Child) -> Result<(bool, f64)> {
    let process = child.id();
    let (ended, is_ended) = channel();
    let sampler = thread::spawn(move || sample(process, &is_ended));
    let status = child.wait()?;
    drop(ended);
    let peak = sampler.join().ok().context("the sampler of memory failed")?;
    Ok((status.success(), peak))
}

/// Samples the peak memory until the other end of the channel is dropped.
fn sample(process: u32, is_ended: &Receiver<()>) -> f64 {
    let mut peak = 0.0;
    loop {
        peak = process::peak_memory(process).unwrap_or(peak);
        if is_ended.recv_timeout(BETWEEN_SAMPLES) != Err(RecvTimeoutError::Timeout) {
            return peak;
        }
    }
}

fn read(output: &mut File) -> Result<String> {
    let mut told = Vec::new();
    output.rewind()?;
    output.read_to_end(&mut told)?;
    Ok(String::from_utf8_lossy(&told).into_owned())
}
