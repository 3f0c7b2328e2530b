package state

// Encode writes a file as a state file has it.
func Encode(f File) ([]byte, error) { return encode(f.normal()) }

// Decode reads what Encode wrote, or anybody else did: the error names what is
// wrong and where.
func Decode(data []byte) (File, error) { return decode(data) }
