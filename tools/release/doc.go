// Command release builds what a release publishes from a clean checkout: a static program, an archive with it, its bill of materials, a container image
// and their checksums. The same commit, version, Go release and C compiler give the same bytes, in whatever folder and at whatever time.
//
//	commit ──► go build ──► oraclenode ──┬──► oraclenode-V-OS-ARCH.tar.gz    the program with what an operator reads first
//	                                     ├──► oraclenode-V-OS-ARCH.cdx.json  CycloneDX: every module in it
//	                                     └──► oraclenode-V-OS-ARCH.oci.tar   OCI image: the program, certificates of authorities, no shell
//	                                                    └── SHA256SUMS of all three
package main
