using System.CommandLine;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;

namespace EyeSlots.Trainer.Commands;

/// <summary>The part of a command line that says how faces become batches.</summary>
internal static class LoaderLine
{
    private static readonly LoaderOptions Defaults = new();
    private static readonly Option<int> Batch = new("--batch") { Description = "Faces of a step", HelpName = "N", DefaultValueFactory = _ => Defaults.BatchSize };

    private static readonly Option<InputShape> Size = new Option<InputShape>("--size")
    {
        Description = "Width and height of the network's input", HelpName = "WxH", DefaultValueFactory = _ => Defaults.Input,
    }.Takes(InputShape.Parse, "two sides in pixels, such as 96x32");

    private static readonly Option<bool> Gray = new("--gray") { Description = "One channel instead of three" };
    private static readonly Option<bool> Balance = new("--balance") { Description = "Let faces of rare labels weigh more: the inverse of their cell's share in a 10 x 10 grid" };
    public static readonly Option<long> Seed = new("--seed") { Description = "Decides weights, order and augmentation", HelpName = "N", DefaultValueFactory = _ => Defaults.Seed };
    private static readonly Option<int> Workers = new("--workers") { Description = "Threads that decode", HelpName = "N", DefaultValueFactory = _ => Defaults.Workers };
    private static readonly Option<string?> Cache = new("--cache") { Description = "Folder of this machine that keeps shards of S3", HelpName = "FOLDER" };

    private static readonly Option<ByteSize> CacheSize = new Option<ByteSize>("--cache-size")
    {
        Description = "Most bytes of that folder; what was not used for longest goes first", HelpName = "20GB", DefaultValueFactory = _ => new(Defaults.CacheBytes),
    }.Takes(ByteSize.Parse, "a size such as 512MB or 20GB");

    public static IReadOnlyList<Option> Options { get; } = [Batch, Size, Gray, Balance, Seed, Workers, Cache, CacheSize];

    public static LoaderOptions Of(ParseResult parsed) => Defaults with
    {
        BatchSize = parsed.GetValue(Batch), Input = (parsed.GetValue(Size) with { Gray = parsed.GetValue(Gray) }).Validated(), Balance = parsed.GetValue(Balance),
        Seed = parsed.GetValue(Seed), Workers = parsed.GetValue(Workers),
        Cache = parsed.GetValue(Cache) is { } folder ? StorageAddress.ParseLocal(folder) : null, CacheBytes = parsed.GetValue(CacheSize).Bytes,
    };
}
