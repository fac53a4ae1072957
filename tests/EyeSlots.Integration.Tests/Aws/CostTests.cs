using System.Text.Json;
using CsCheck;
using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.Costs;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Tests;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What a run costs: every printed line computed anew from the price file, and the model's rates.</summary>
public sealed class CostTests
{
    private const long Images = 414_799, Bytes = 51_000_000_000;
    private readonly CostsAnew anew = new(Images, Bytes);

    public static TheoryData<string> Shapes => ["2-8", "0", "1", "64"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Cost_OfTheSeedsData_PrintsArithmeticThatThePriceFileGives(string workers)
    {
        var ended = await EyeSlotsProgram.RunAsync("cluster", "cost", "--images-count", "414799", "--bytes", "51GB", "--workers", workers);
        Assert.True(ended.ExitCode == 0, ended.Errors);
        var shapes = PrintedCost.ParseAll(ended.Output);
        string[] names = workers switch { "2-8" => ["asked for", "at most", "one machine", "cheapest"], "0" => ["asked for", "cheapest"], _ => ["asked for", "one machine", "cheapest"] };
        Assert.Equal(names, shapes.Select(shape => shape.Name));
        foreach (var shape in shapes) anew.Check(shape);
        Assert.Equal(shapes.Min(shape => shape.Result("sum")), shapes[^1].Result("sum"));
    }

    [Fact]
    public async Task Cost_AsJson_HasTheSumsThatArePrinted()
    {
        string[] line = ["cluster", "cost", "--images-count", "414799", "--bytes", "51GB"];
        var printed = PrintedCost.ParseAll((await EyeSlotsProgram.RunAsync(line)).Output);
        var estimate = (await EyeSlotsProgram.JsonAsync(line)).GetProperty("estimate");
        Assert.Equal((Images, Bytes, anew.MillisecondsPerImage), (estimate.GetProperty("images").GetInt64(), estimate.GetProperty("bytes").GetInt64(), estimate.GetProperty("millisecondsPerImage").GetDouble()));
        Assert.Equal("requests", estimate.GetProperty("limit").GetString());
        Assert.Equal(printed.Select(shape => (shape.Workers + 1, shape.Result("seconds"), shape.Result("sum"))), estimate.GetProperty("shapes").EnumerateArray().Select(shape =>
            (shape.GetProperty("machines").GetInt32(), Math.Round(shape.GetProperty("seconds").GetDouble(), 1), Math.Round(shape.GetProperty("dollars").GetDouble(), 4))));
    }

    [Theory]
    [InlineData("Say how much there is to do", "cluster", "cost")]
    [InlineData("Say how much there is to do", "cluster", "cost", "--images-count", "5")]
    [InlineData("--workers takes a number such as 4", "cluster", "cost", "--images-count", "5", "--bytes", "1MB", "--workers", "0-3")]
    [InlineData("--images-count must lie between 1", "cluster", "cost", "--images-count", "0", "--bytes", "1MB")]
    [InlineData("There is no price of 'x9.huge'; known are c7i.large", "cluster", "cost", "--images-count", "5", "--bytes", "1MB", "--master-type", "x9.huge")]
    public async Task Cost_OfAWrongLine_SaysWhatIsWrong(string text, params string[] arguments)
    {
        var ended = await EyeSlotsProgram.RunAsync(arguments);
        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains(text, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void PriceFile_HasADateAndASourceOfEveryFigure() => Assert.All(PriceFile.Default.Figures, figure =>
    {
        Assert.NotEmpty(figure.Source);
        Assert.NotEmpty(figure.Unit);
        Assert.InRange(figure.Date, new(2020, 1, 1), new(2030, 12, 31));
    });

    [Theory]
    [InlineData("\"value\": 60", "\"value\": 0")]
    [InlineData("\"date\": \"2026-07-20\"", "\"date\": \"July\"")]
    [InlineData("\"source\": \"templates\"", "\"source\": \"hearsay\"")]
    [InlineData("\"unit\": \"vCPU\"", "\"units\": \"vCPU\"")]
    public void PriceFile_Mistyped_IsRefused(string right, string wrong)
    {
        var text = File.ReadAllText(CostsAnew.PriceFile);
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => PriceFile.Parse(System.Text.Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [Fact]
    public void MachineTypes_ThatTheTemplatesAllow_HaveAPrice()
    {
        var cluster = System.Text.Encoding.UTF8.GetString(Templates.Read("cluster.yaml"));
        Assert.Contains($"AllowedValues: [{string.Join(", ", PriceFile.Default.MasterTypes.Select(type => type.Name))}]", cluster, StringComparison.Ordinal);
        Assert.All(PriceFile.Default.WorkerTypes, type => Assert.Contains($"InstanceType: {type.Name}", cluster, StringComparison.Ordinal));
        var trainer = System.Text.Encoding.UTF8.GetString(Templates.Read("trainer.yaml"));
        var allowed = System.Text.RegularExpressions.Regex.Match(trainer, @"AllowedValues: \[(g4dn[^\]]*)\]").Groups[1].Value.Split(", ");
        Assert.All(allowed, name => Assert.True(PriceFile.Default.Machine(name).Price.Value > 0));
    }

    [Fact]
    public void Limit_IsWhateverBoundsTheRate_AndNoOtherBoundMatters() => Seeded.ForAll(Cases, 1000, drawn =>
    {
        var model = new CostModel(PriceFile.Default);
        var rates = model.RatesOf(drawn.Work, model.Shape(drawn.Workers));
        double[] all = [rates.Processors, rates.Network, rates.Requests];
        Assert.Equal(all.Min(), rates.Lowest);
        Assert.Equal(rates.Lowest, all[(int)rates.Limit]);

        // Ten times slower processors bind once they are the slowest; ten times more prefixes never slow a run down.
        var slower = model.RatesOf(drawn.Work with { Speed = drawn.Work.Speed with { Milliseconds = drawn.Work.Speed.Milliseconds * 1e6 } }, model.Shape(drawn.Workers));
        Assert.Equal(RateLimit.Processors, slower.Limit);
        Assert.Equal(RateLimit.Network, model.RatesOf(drawn.Work with { Bytes = drawn.Work.Bytes * 1_000_000 }, model.Shape(drawn.Workers)).Limit);
        var divided = model.RatesOf(drawn.Work with { Prefixes = drawn.Work.Prefixes * 10 }, model.Shape(drawn.Workers));
        Assert.True(divided.Lowest >= rates.Lowest);
        Assert.Equal(rates.Limit == RateLimit.Requests, divided.Lowest > rates.Lowest);
    });

    [Fact]
    public void Actual_DiffersFromTheEstimateByItsNamedTerms() => Seeded.ForAll(Cases.Select(Gen.Double[0, 3], Gen.Double[0, 3], Gen.Double[0, 3]), 1000, drawn =>
    {
        var (model, actual) = (new CostModel(PriceFile.Default), new ActualCostModel(PriceFile.Default));
        var estimate = model.Estimate(drawn.Item1.Work, model.Shape(drawn.Item1.Workers), "asked for");
        var (boot, job) = (estimate.BootSeconds * drawn.Item2, (estimate.Seconds - estimate.BootSeconds) * drawn.Item3);
        RunMeasurement run = new() { BootSeconds = boot, JobSeconds = job, MasterSeconds = boot + job + 7, WorkerSeconds = estimate.Shape.Workers * job * drawn.Item4, Images = drawn.Item1.Work.Images / 2 };
        var cost = actual.Of(estimate, drawn.Item1.Work.Images, run);
        Assert.Equal(cost.Dollars - estimate.Dollars, cost.Differences!.Sum(term => term.Dollars), 9);
        Assert.Equal(run.MasterSeconds + run.WorkerSeconds, cost.MachineSeconds);

        // What went as estimated makes no difference.
        RunMeasurement same = new() { BootSeconds = estimate.BootSeconds, JobSeconds = estimate.Seconds - estimate.BootSeconds, MasterSeconds = estimate.PaidSeconds, WorkerSeconds = estimate.Shape.Workers * estimate.PaidSeconds, Images = drawn.Item1.Work.Images };
        Assert.Equal(estimate.Dollars, actual.Of(estimate, drawn.Item1.Work.Images, same).Dollars, 9);
    });

    private static Gen<(Workload Work, int Workers)> Cases { get; } = Gen.Select(
        Gen.Long[1, 10_000_000], Gen.Long[1000, 2_000_000], Gen.Double[0.05, 50], Gen.Int[1, 50], Gen.Int[0, 64],
        (images, size, milliseconds, prefixes, workers) => (new Workload(images, images * size, new(milliseconds, "drawn"), prefixes), workers));
}
