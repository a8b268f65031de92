package node

// Resolved is the configuration as Run takes it: files that are not named are in the home folder, intervals that are not set are the defaults.
func (c Config) Resolved() Config { return c.fill() }
