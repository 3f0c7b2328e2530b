package state

// OpenReadOnly loads path for one who only looks: it takes no lock, and what is
// saved stays in memory. The errors are those of Read.
func OpenReadOnly(path string) (*Store, error) {
	f, existed, err := load(path)
	if err != nil {
		return nil, err
	}
	return &Store{path: path, readOnly: true, existed: existed, file: f}, nil
}
