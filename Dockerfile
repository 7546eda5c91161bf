# The image of the action. GitHub builds it where action.yml names this file, in
# every job that uses the action from a branch; so it is plain enough for every
# builder, and downloads nothing beside the Go image and the modules. A release
# names the image that .github/workflows/release.yml built from it.

# Pinned by the digest of its multi-architecture index, which this command prints:
# docker buildx imagetools inspect golang:1.26.8-bookworm --format '{{.Manifest.Digest}}'
ARG GO_IMAGE=golang:1.26.8-bookworm@sha256:a688600ca24f8a4d3ca77f95b0dd40704a9fc787c826660eb7ba0b641b8b175d

FROM ${GO_IMAGE} AS build
# A module proxy of one's own, where the public one cannot be reached.
ARG GOPROXY
COPY . /src
RUN cd /src && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /regress-gate ./cmd/regress-gate

# The gate and the certificates it trusts, nothing else. No USER: the runner's
# files belong to another user, and only root can write them. No WORKDIR: the
# runner sets it to the workspace.
FROM scratch
LABEL org.opencontainers.image.source=https://github.com/org/regress-gate org.opencontainers.image.licenses=Apache-2.0
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /regress-gate /regress-gate
ENTRYPOINT ["/regress-gate"]
