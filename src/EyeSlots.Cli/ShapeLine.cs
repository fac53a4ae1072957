using System.CommandLine;
using EyeSlots.Aws.Costs;

namespace EyeSlots.Cli;

/// <summary>Options that say which machines a cluster has, and what it is to cut.</summary>
internal static class ShapeLine
{
    private const string Master = "Type of the master";

    /// <summary>How many workers.</summary>
    public static readonly Option<WorkerRange> Workers = new Option<WorkerRange>("--workers")
    {
        Description = "Workers, such as 4 or 2-8; 0 lets the master work alone", HelpName = "N|MIN-MAX", DefaultValueFactory = _ => WorkerRange.Usual,
    }.Takes(WorkerRange.Parse, $"a number such as 4, or a range such as 2-8, of 0 to {WorkerRange.MostWorkers} workers");

    /// <summary>The master's type.</summary>
    public static readonly Option<string?> MasterType = new("--master-type") { Description = Master, HelpName = "TYPE" };

    /// <summary>How many images, where they are not counted.</summary>
    public static readonly Option<long?> ImagesCount = new("--images-count") { Description = "How many images, for the estimate", HelpName = "N" };

    /// <summary>How many bytes they have.</summary>
    public static readonly Option<DataVolume?> Bytes = new Option<DataVolume?>("--bytes")
    {
        Description = "Bytes of all images, for the estimate", HelpName = "51GB",
    }.Takes(DataVolume.Parse, "an amount such as 51GB or 1.5TB");

    /// <summary>Lets help name the types that there are. No other command line needs the file of prices, and reading it takes a millisecond.</summary>
    public static void Describe(ConsoleProgram program) => program.Describes(
        MasterType, static () => $"{Master}: {string.Join(", ", PriceFile.Default.MasterTypes.Select(type => type.Name))}; the first when left out");
}
