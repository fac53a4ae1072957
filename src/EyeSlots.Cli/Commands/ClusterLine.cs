using System.CommandLine;
using System.Security.Cryptography;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Cli.Commands;

/// <summary>Options that say what cluster is asked for.</summary>
internal static class ClusterLine
{
    private const int RandomDigits = 8;
    private const string Trainer = "Type of the one machine that trains";

    private static readonly Option<string?> Name = new("--name") { Description = "Name of the cluster; a new one when left out", HelpName = "NAME" };
    private static readonly Option<int> OnDemand = new("--on-demand") { Description = "How many of the workers are no spot machines, which AWS may take back", HelpName = "N", DefaultValueFactory = _ => 0 };
    private static readonly Option<double> Hours = new("--hours") { Description = "After so many hours it ends, whatever it does", HelpName = "0.25-24", DefaultValueFactory = _ => 4 };

    private static readonly Option<string?> TrainerType = new("--trainer-type") { Description = Trainer, HelpName = "TYPE" };

    /// <summary>Those of a cluster.</summary>
    public static IReadOnlyList<Option> OfCluster => [Name, ShapeLine.Workers, OnDemand, ShapeLine.MasterType, Hours];

    /// <summary>Those of a cluster or a machine that trains.</summary>
    public static IReadOnlyList<Option> OfJob => [.. OfCluster, TrainerType];

    /// <summary>Those of the cluster of every night, which is named by the night.</summary>
    public static IReadOnlyList<Option> OfNight => [ShapeLine.Workers, OnDemand, ShapeLine.MasterType, Hours];

    /// <summary>The cluster of every night.</summary>
    /// <exception cref="EyeSlotsException">A value that is not allowed: usage.</exception>
    public static ClusterOptions OfEveryNight(ParseResult parsed) => Of(parsed, isTrainer: false) with { Name = ClusterName.Parse("nightly") };

    /// <summary>What a line asks for.</summary>
    /// <exception cref="EyeSlotsException">A value that is not allowed: usage.</exception>
    public static ClusterOptions Of(ParseResult parsed, bool isTrainer)
    {
        var (yes, no) = isTrainer ? (TrainerType, ShapeLine.MasterType) : (ShapeLine.MasterType, TrainerType);
        Require.That(parsed.GetResult(no) is null, $"{no.Name} is for {(isTrainer ? "clusters; what trains is one machine" : "commands that train")}.");
        return new ClusterOptions
        {
            Name = ClusterName.Parse(parsed.GetValue(Name) ?? $"run-{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}"),
            Workers = parsed.GetValue(ShapeLine.Workers), OnDemand = parsed.GetValue(OnDemand), Hours = parsed.GetValue(Hours),
            IsTrainer = isTrainer, MachineType = parsed.GetResult(yes) is null ? null : parsed.GetValue(yes),
        }.Validated();
    }

    /// <summary>Lets help name the machines that there are, which is read from the file of prices.</summary>
    public static void Describe(ConsoleProgram program)
    {
        ShapeLine.Describe(program);
        program.Describes(TrainerType, static () => $"{Trainer}; {PriceFile.Default.TrainerTypes[0].Name} when left out");
    }

    /// <summary>A file or folder of this machine, its whole path.</summary>
    public static string? Local(string? path) => path is null ? null : StorageAddress.ParseLocal(path);
}
