"""The caches and manifests of earlier builds, and what this build therefore has to make."""
