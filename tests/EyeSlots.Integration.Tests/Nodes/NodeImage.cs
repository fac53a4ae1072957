using EyeSlots.Integration.Tests.Containers;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>A bare Debian with what Amazon Linux has: curl, and a switch that tells the services beside it.</summary>
internal static class NodeImage
{
    public static readonly ImageRecipe Bare = new(
        "localhost/eyeslots-machine:bookworm",
        """
        FROM docker.io/library/debian:bookworm-slim
        RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl && rm -rf /var/lib/apt/lists/*
        RUN printf '#!/bin/sh\nexec curl -sS -X POST "${AWS_EC2_METADATA_SERVICE_ENDPOINT%%/}/off"\n' >/usr/sbin/poweroff && chmod 755 /usr/sbin/poweroff
        """) { Base = StockImages.Debian };
}
