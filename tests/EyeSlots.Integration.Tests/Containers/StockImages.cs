using EyeSlots.Integration.Tests.Readers;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The images that the compose file names, made here under those names because no registry is at hand: each as much like its model as matters.</summary>
internal static class StockImages
{
    private const string SparkVersion = "4.1.4";
    private static readonly string Gateway = SharedFolder.File("s3", "versitygw-1.8.0-linux-x64.xz");

    /// <summary>The smallest Debian; glibc 2.36, no OpenSSL.</summary>
    public static readonly ImageRecipe Debian = new DebianRecipe("docker.io/library/debian:bookworm-slim", "bookworm");

    /// <summary>As apache/spark is: user 185 without a home, wget, no conf folder, an entrypoint that passes commands on.</summary>
    public static readonly ImageRecipe Spark = new(
        $"docker.io/apache/spark:{SparkVersion}-scala2.13-java17-ubuntu",
        """
        FROM docker.io/library/debian:bookworm-slim
        RUN groupadd --system --gid 185 spark && useradd --system --uid 185 --gid spark -d /nonexistent spark
        RUN apt-get update && apt-get install -y --no-install-recommends openjdk-17-jre-headless procps tini wget && rm -rf /var/lib/apt/lists/*
        COPY --chown=185:185 . /opt/spark
        RUN install -d -o 185 -g 185 /opt/spark/work-dir && chown 185:185 /opt/spark && printf '#!/bin/bash\nexec "$@"\n' >/opt/entrypoint.sh && chmod 755 /opt/entrypoint.sh
        ENV SPARK_HOME=/opt/spark
        WORKDIR /opt/spark/work-dir
        USER spark
        ENTRYPOINT ["/opt/entrypoint.sh"]
        """)
    {
        Base = Debian, Inputs = [SharedFolder.File("spark", "spark-4.0.5-4.1.4-4.3.0.tar.xz")], Context = Tools.SparkFolder(SparkVersion),
        PrepareAsync = _ => Task.Run(() => Tools.Spark(SparkVersion)),
    };

    /// <summary>As versity/versitygw is: the server, started with the container's arguments; a shell with wget.</summary>
    public static readonly ImageRecipe S3 = new(
        "docker.io/versity/versitygw:v1.8.0",
        """
        FROM docker.io/library/debian:bookworm-slim
        RUN apt-get update && apt-get install -y --no-install-recommends wget xz-utils && rm -rf /var/lib/apt/lists/*
        COPY versitygw-1.8.0-linux-x64.xz /tmp/
        RUN xz -dc /tmp/versitygw-1.8.0-linux-x64.xz >/usr/local/bin/versitygw && chmod 755 /usr/local/bin/versitygw
        ENTRYPOINT ["/usr/local/bin/versitygw"]
        """) { Base = Debian, Inputs = [Gateway], Context = Path.GetDirectoryName(Gateway) };
}
