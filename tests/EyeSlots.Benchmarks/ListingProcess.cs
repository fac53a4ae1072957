using System.Globalization;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Benchmarks;

/// <summary>A <see cref="ListingDouble"/> in a process of its own.</summary>
internal static class ListingProcess
{
    /// <summary>What all its keys begin with.</summary>
    public const string Prefix = "images/";

    private const string Mode = "listing-double";

    /// <summary>Starts one of so many photographs.</summary>
    public static Task<ServerProcess<ListingCalls>> StartAsync(int folders, int perFolder, TimeSpan delay)
    {
        string[] numbers = [.. new[] { folders, perFolder, (int)delay.TotalMilliseconds }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return ServerProcess<ListingCalls>.StartAsync([Mode, .. numbers]);
    }

    /// <summary>Whether the arguments ask this program to be the double.</summary>
    public static bool IsMeant(string[] args) => args is [Mode, ..];

    /// <summary>Serves until nobody listens any more.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        var numbers = args[1..].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        await using var server = new ListingDouble(new(Prefix, numbers[0], numbers[1]), new byte[30_000], TimeSpan.FromMilliseconds(numbers[2]));
        return await ServerProcess<ListingCalls>.ServeAsync(server.Endpoint, () => server.Calls);
    }
}
