# The image of the action. GitHub builds it where action.yml names this file, in
# every job that uses the action from a branch; so it is plain enough for every
# builder, and downloads nothing beside the Go image and the modules.
ARG GO_IMAGE=golang:1.26-bookworm

FROM ${GO_IMAGE} AS build
# A module proxy of one's own, where the public one cannot be reached.
ARG GOPROXY
COPY . /src
RUN cd /src && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /regress-gate ./cmd/regress-gate

# The gate and the certificates it trusts, nothing else. No USER: the runner's
# files belong to another user, and only root can write them. No WORKDIR: the
# runner sets it to the workspace.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /regress-gate /regress-gate
ENTRYPOINT ["/regress-gate"]
