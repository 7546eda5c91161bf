package regress

// Version is the version of this module, by Semantic Versioning. It stands in
// the source because a container action is built from a tarball without git.
const Version = "0.1.0"
