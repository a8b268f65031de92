// Package browser tests the dashboard in a real headless Chromium, which make test-browser installs: what is shown, that it lives, that nothing
// is loaded from elsewhere or violates the Content-Security-Policy, that it can be read and used by everyone, and that it holds against
// hostile texts. It leaves pictures of the page in the folder that SCREENSHOTS names. Its tests have the build tag browser.
package browser
