using System.CommandLine;
using System.Globalization;
using EyeSlots.Core;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Search;
using EyeSlots.Training.Torch;

namespace EyeSlots.Trainer.Commands;

/// <summary>The part of <c>train</c>'s command line that makes a search of it.</summary>
internal static class SearchLine
{
    private static readonly Option<bool> Search = new("--search") { Description = "Train by several learning rates, each in a folder below the run's, and say which is best on validation" };
    private static readonly Option<string[]> Rates = Several("--rates", "Learning rates of a search; 0.001, 0.0001 and 0.00001 when left out", "R");
    private static readonly Option<string[]> Seeds = Several("--seeds", "Seeds of a search, each with every rate; that of --seed when left out", "N");
    private static readonly Option<string[]> Devices = Several("--devices", "What computes in a search, a run on each at a time; --device when left out", "auto|cpu|cuda[:N]");

    public static IReadOnlyList<Option> Options { get; } = [Search, Rates, Seeds, Devices];

    /// <summary>Whether a search is asked for.</summary>
    /// <exception cref="EyeSlotsException">usage: an option that only a search has stands in another line, or one that a search has none of.</exception>
    public static bool IsAsked(ParseResult parsed)
    {
        var isSearch = parsed.GetValue(Search);
        foreach (var option in Options.Skip(1)) Require.That(isSearch || !parsed.CommandResult.IsGiven(option), $"{option.Name} is for a search; add --search.");
        if (!isSearch) return false;
        RefuseOne(parsed, OptimizationLine.LearningRate, Rates, alsoAlone: false);
        RefuseOne(parsed, LoaderLine.Seed, Seeds, alsoAlone: true);
        RefuseOne(parsed, ModelLine.Device, Devices, alsoAlone: true);
        return true;
    }

    /// <summary>What is searched.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="common">What all runs have in common.</param>
    public static SearchOptions Of(ParseResult parsed, TrainingOptions common)
    {
        var options = new SearchOptions
        {
            Training = common,
            Seeds = parsed.CommandResult.IsGiven(Seeds) ? Values(parsed, Seeds, WholeNumber, "whole numbers") : [common.Loader.Seed],
            Devices = parsed.CommandResult.IsGiven(Devices) ? Values(parsed, Devices, TrainingDevice.Parse, "auto, cpu, cuda or cuda:N") : [common.Device],
        };
        return parsed.CommandResult.IsGiven(Rates) ? options with { Rates = Values(parsed, Rates, Number, "numbers") } : options;
    }

    private static void RefuseOne(ParseResult parsed, Option one, Option several, bool alsoAlone) => Require.That(
        !parsed.CommandResult.IsGiven(one) || (alsoAlone && !parsed.CommandResult.IsGiven(several)), $"{one.Name} is for a single run; a search takes {several.Name}.");

    private static T[] Values<T>(ParseResult parsed, Option<string[]> option, Func<string, T?> parse, string what)
        where T : struct => [.. parsed.GetValue(option)!.SelectMany(word => word.Split(',')).Select(text =>
            parse(text) ?? throw new EyeSlotsException(ErrorCodes.Usage, $"{option.Name} takes {what}, not '{text}'."))];

    private static long? WholeNumber(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Option<string[]> Several(string name, string description, string value) => new(name) { Description = description, HelpName = value, AllowMultipleArgumentsPerToken = true };
}
