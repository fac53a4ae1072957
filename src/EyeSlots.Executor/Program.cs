using EyeSlots.Core.Planning.Remote;
using EyeSlots.Executor;
using EyeSlots.Spark.Worker;

_ = PackedOpenCv.Ready;
var jobs = new ShardJobs();
return await WorkerHost.Create()
    .Add(RemoteJob.MakeShards, RemoteJson.Default.RemoteJob, job => new MakeShards(job, jobs))
    .Add(RemoteProbe.Function, RemoteJson.Default.RemoteProbe, probe => new Probe(probe))
    .RunAsync(args);
