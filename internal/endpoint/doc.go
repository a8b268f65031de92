// Package endpoint is what the clients of beacon nodes and of execution nodes have in common: several endpoints of which any may serve.
//
//	Pool.Ask ─► endpoint with the fewest faults in a row first, else in order of preference
//	   │            Check (once, and again after it was out of reach) ─► try
//	   │                                                               │ no: next endpoint
//	   └─ again, after a pause that doubles, half of it random ◄───────┘ those whose fault is temporary
//
// It promises:
//   - an endpoint is called by its redacted name everywhere: user info, path and query of its URL are in no error and no log line;
//   - every answer is bounded in size before anybody reads it whole;
//   - every pause is bounded, follows Retry-After within that bound, and ends with its context;
//   - an error of a pool holds the last reason of every endpoint.
//
// What an answer means, and which error is temporary or a fault, is the client's own business: see Pool.Classify.
package endpoint
