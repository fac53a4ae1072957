using System.Text.Json;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Benchmarks;

/// <summary>A <see cref="DistantServer"/> in a process of its own.</summary>
internal static class DistantProcess
{
    private const string Mode = "distant-server";

    /// <summary>Starts one before a server.</summary>
    public static Task<ServerProcess<DistantCalls>> StartAsync(Uri server, Distance distance) => ServerProcess<DistantCalls>.StartAsync(
        [Mode, server.AbsoluteUri, JsonSerializer.Serialize(distance)],

        // Sockets' answers are then handled by the thread that waits for them, which saves a hand-over for each.
        ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1"), ("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1"));

    /// <summary>Whether the arguments ask this program to be the server.</summary>
    public static bool IsMeant(string[] args) => args is [Mode, ..];

    /// <summary>Serves until nobody listens any more.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        await using var server = new DistantServer(new(args[1]), JsonSerializer.Deserialize<Distance>(args[2])!);
        return await ServerProcess<DistantCalls>.ServeAsync(server.Endpoint, () => server.Calls);
    }
}
