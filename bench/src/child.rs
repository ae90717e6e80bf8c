//! A program that runs to its end, and what that cost.

use std::fs::File;
use std::io::{Read, Seek};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::process;

/// What a run cost.
#[derive(Clone, Debug)]
pub struct Cost {
    /// Processor seconds, of the user and the system.
    pub cpu: f64,
    /// Seconds on the clock.
    pub wall: f64,
    /// The most memory in MiB. A sample: the kernel keeps the maximum, which is read every 50 milliseconds, so that only
    /// what rises at the very end is missed. (Its count over all children would be that of the greatest one so far.)
    pub peak: f64,
    /// What it said, on either output.
    pub told: String,
}

const BETWEEN_SAMPLES: Duration = Duration::from_millis(50);

/// Runs one program; no other child may end meanwhile.
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

/// Waits for the end; whether it was a good one, and the peak of memory.
fn wait(mut child: Child) -> Result<(bool, f64)> {
    let process = child.id();
    let (ended, is_ended) = channel();
    let sampler = thread::spawn(move || sample(process, &is_ended));
    let status = child.wait()?;
    drop(ended);
    let peak = sampler.join().ok().context("the sampler of memory failed")?;
    Ok((status.success(), peak))
}

/// The last peak of memory that was seen before the other end of the channel is gone.
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
