namespace EyeSlots.Spark.Tests.Servers;

/// <summary>One server for all test classes of a collection, started with its first test: a start costs 6 to 12 seconds.</summary>
public abstract class SparkServerFixture : IAsyncLifetime
{
    private readonly string version;
    private readonly SparkServerOptions options;

    private protected SparkServerFixture(string version, SparkServerOptions? options = null) => (this.version, this.options) = (version, options ?? new());

    internal SparkServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await SparkServer.StartAsync(version, options);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Spark 4.0.5 in local mode.</summary>
public sealed class Spark40() : SparkServerFixture("4.0.5");

/// <summary>Spark 4.1.4 in local mode.</summary>
public sealed class Spark41() : SparkServerFixture("4.1.4");

/// <summary>Spark 4.3.0 in local mode, which lets nobody in without a token.</summary>
public sealed class Spark43() : SparkServerFixture("4.3.0", new() { Token = Secret })
{
    internal const string Secret = "a-token-of-the-tests";
}

[CollectionDefinition(nameof(Spark40))]
public sealed class Spark40Collection : ICollectionFixture<Spark40>;

[CollectionDefinition(nameof(Spark41))]
public sealed class Spark41Collection : ICollectionFixture<Spark41>;

[CollectionDefinition(nameof(Spark43))]
public sealed class Spark43Collection : ICollectionFixture<Spark43>;
