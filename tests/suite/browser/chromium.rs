//! A browser without a window, spoken to over a pipe (Chrome DevTools protocol): no server, no port, no further crate.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Names under which Chromium is installed.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// The browser with one open page.
pub struct Browser {
    child: Child,
    to: ChildStdin,
    messages: Receiver<Value>,
    last: u64,
    session: Option<String>,
    /// Everything that the page reported since it was opened.
    events: Vec<Value>,
    profile: PathBuf,
}

/// The browser of this machine: `RIVAL_BROWSER`, or one of the usual names on the path.
fn program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("RIVAL_BROWSER") {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path).flat_map(|dir| NAMES.map(|name| dir.join(name))).find(|p| p.is_file());
    found.filter(|_| cfg!(unix))
}

impl Browser {
    /// Starts one; nothing where none is installed.
    pub fn start(name: &str) -> Option<Self> {
        let program = program()?;
        let profile = std::env::temp_dir().join(format!("rival-browser-{name}-{}", std::process::id()));
        // The browser reads commands from descriptor 3 and answers on 4: the shell makes them of its own input and output.
        let mut child = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>/dev/null"#])
            .arg(program)
            .args([
                "--headless",
                "--remote-debugging-pipe",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = child.stdin.take().unwrap();
        let from = child.stdout.take().unwrap();
        let (send, messages) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(from).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { continue };
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        let mut browser = Self { child, to, messages, last: 0, session: None, events: Vec::new(), profile };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", attach);
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Network", "Log"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// A command and its answer.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap();
        self.to.flush().unwrap();
        // One limit for the answer, however many events come before it.
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let message = self.messages.recv_timeout(left).unwrap_or_else(|e| panic!("{method}: no answer: {e}"));
            if message["id"] == json!(self.last) {
                assert!(message.get("error").is_none(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }

    /// Opens a file and waits until it has loaded; gives the time that took, in milliseconds, as the page itself measures it.
    pub fn open(&mut self, file: &Path) -> f64 {
        self.events.clear();
        self.call("Page.navigate", json!({ "url": format!("file://{}", file.display()) }));
        let begun = Instant::now();
        while self.evaluate("document.readyState") != json!("complete") {
            assert!(begun.elapsed() < PATIENCE, "{} does not load", file.display());
            std::thread::sleep(Duration::from_millis(20));
        }
        self.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd").as_f64().unwrap()
    }

    /// The value of an expression in the page.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", params);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// A click of the mouse in the middle of the first element that a selector finds.
    pub fn click(&mut self, selector: &str) {
        let place = self.evaluate(&format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ));
        for (kind, buttons) in [("mousePressed", 1), ("mouseReleased", 0)] {
            let params = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "buttons": buttons, "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", params);
        }
    }

    /// A key by its name, such as `Escape` or `Tab`.
    pub fn press(&mut self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let params = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            self.call("Input.dispatchKeyEvent", params);
        }
    }

    /// Text at the caret.
    pub fn insert(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// The width of the window, and the medium.
    pub fn show(&mut self, width: u32, media: &str, scheme: &str) {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size);
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }));
    }

    /// Errors on the console and requests beyond the page itself.
    pub fn complaints(&mut self) -> Vec<String> {
        // Whatever the page still has to say comes before this answer; a promise would not do where scripts are off.
        std::thread::sleep(Duration::from_millis(150));
        self.evaluate("1");
        let mut documents = 0;
        let mut out = Vec::new();
        for event in &self.events {
            let params = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Runtime.exceptionThrown" => out.push(params.to_string()),
                "Runtime.consoleAPICalled"
                    if matches!(params["type"].as_str(), Some("error" | "warning" | "assert")) =>
                {
                    out.push(params.to_string());
                }
                "Log.entryAdded" if params["entry"]["level"] != "verbose" => out.push(params["entry"].to_string()),
                "Network.requestWillBeSent" => {
                    documents += 1;
                    let url = params["request"]["url"].as_str().unwrap_or_default();
                    if !url.starts_with("data:") && (documents > 1 || !url.starts_with("file:")) {
                        out.push(format!("requested {url}"));
                    }
                }
                _ => {}
            }
        }
        out
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A browser that is told to close takes its own children with it.
        self.session = None;
        let close = br#"{"id":0,"method":"Browser.close"}"#;
        let told = self.to.write_all(close).and_then(|()| self.to.write_all(&[0])).and_then(|()| self.to.flush());
        let begun = Instant::now();
        while told.is_ok() && begun.elapsed() < Duration::from_secs(10) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
