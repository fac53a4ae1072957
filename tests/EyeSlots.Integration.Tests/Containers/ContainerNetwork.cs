namespace EyeSlots.Integration.Tests.Containers;

/// <summary>A network of the tests' own; gone, with the containers on it, when it is disposed.</summary>
internal sealed class ContainerNetwork(ContainerEngine engine, string name) : IAsyncDisposable
{
    public string Name { get; } = name;

    public async ValueTask DisposeAsync() => await engine.PodmanAsync("network", "rm", "--force", "--time", "0", Name);
}
