//! CPU time and memory of a process, as the kernel reports them under `/proc`.

use std::fs;

use anyhow::{Context, Result};

/// Clock ticks per second, on every Linux of today (`getconf CLK_TCK`).
const TICKS: f64 = 100.0;

/// The positions of the times in `/proc/PID/stat`, counted from the field after the program's name.
const OWN: usize = 11;
const OF_CHILDREN: usize = 13;

/// The processor seconds of a process so far, to the hundredth.
pub fn cpu(process: u32) -> Result<f64> {
    times(&process.to_string(), OWN)
}

/// The processor seconds of all children of this process that have ended and were waited for, to the hundredth.
pub fn cpu_of_children() -> Result<f64> {
    times("self", OF_CHILDREN)
}

/// The processor seconds of all processes of a name, with those of their children that have ended.
pub fn cpu_of_all(name: &str) -> Result<f64> {
    let mut sum = 0.0;
    for process in fs::read_dir("/proc")? {
        let process = process?.file_name().to_string_lossy().into_owned();
        let named = fs::read_to_string(format!("/proc/{process}/comm"));
        if named.is_ok_and(|told| told.trim() == name) {
            // A process that ends meanwhile is counted as an ended child of another one.
            sum += times(&process, OWN).unwrap_or_default() + times(&process, OF_CHILDREN).unwrap_or_default();
        }
    }
    Ok(sum)
}

/// User and system time, which are adjacent fields.
fn times(process: &str, place: usize) -> Result<f64> {
    let path = format!("/proc/{process}/stat");
    let stat = fs::read_to_string(&path).with_context(|| path.clone())?;
    let (_, fields) = stat.rsplit_once(')').with_context(|| format!("{path} has no name"))?;
    let ticks = fields.split_whitespace().skip(place).take(2).map(str::parse::<u32>).sum::<Result<u32, _>>();
    Ok(f64::from(ticks.with_context(|| format!("{path} has no times"))?) / TICKS)
}

/// The peak memory of a process so far, in MiB; `None` when the process has ended.
pub fn peak_memory(process: u32) -> Option<f64> {
    mebibytes(&format!("/proc/{process}/status"), "VmHWM:")
}

/// The memory of a process now, in MiB; `None` when the process has ended. A page that is mapped several times counts once.
pub fn memory(process: u32) -> Option<f64> {
    mebibytes(&format!("/proc/{process}/smaps_rollup"), "Pss:")
}

/// The memory of a process that is its own, in MiB: without the files that it maps. `None` when the process has ended.
pub fn own_memory(process: u32) -> Option<f64> {
    mebibytes(&format!("/proc/{process}/status"), "RssAnon:")
}

/// The value of a line such as `VmHWM: 1024 kB`, in MiB.
fn mebibytes(path: &str, name: &str) -> Option<f64> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u32 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(f64::from(kib) / 1024.0)
}
