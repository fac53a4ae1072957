namespace EyeSlots.Spark.Connect.Protocol;

/// <summary>A request that says whose it is.</summary>
internal interface ISessionRequest
{
    string SessionId { set; }

    UserContext UserContext { set; }

    string ClientType { set; }
}

/// <summary>A request that also says which incarnation of the session it expects, so that a restarted server is seen.</summary>
internal interface IObservingRequest : ISessionRequest
{
    string ClientObservedServerSideSessionId { set; }
}

/// <summary>An answer that names the server's incarnation of the session; empty from 3.5.</summary>
internal interface ISessionResponse
{
    string ServerSideSessionId { get; }
}

internal sealed partial class ExecutePlanRequest : IObservingRequest;

internal sealed partial class ReattachExecuteRequest : IObservingRequest;

internal sealed partial class ReleaseExecuteRequest : IObservingRequest;

internal sealed partial class InterruptRequest : IObservingRequest;

internal sealed partial class AnalyzePlanRequest : IObservingRequest;

internal sealed partial class ConfigRequest : IObservingRequest;

internal sealed partial class AddArtifactsRequest : IObservingRequest;

internal sealed partial class ArtifactStatusesRequest : IObservingRequest;

internal sealed partial class FetchErrorDetailsRequest : IObservingRequest;

internal sealed partial class ReleaseSessionRequest : ISessionRequest;

internal sealed partial class ExecutePlanResponse : ISessionResponse;

internal sealed partial class ReleaseExecuteResponse : ISessionResponse;

internal sealed partial class InterruptResponse : ISessionResponse;

internal sealed partial class AnalyzePlanResponse : ISessionResponse;

internal sealed partial class ConfigResponse : ISessionResponse;

internal sealed partial class AddArtifactsResponse : ISessionResponse;

internal sealed partial class ArtifactStatusesResponse : ISessionResponse;

internal sealed partial class FetchErrorDetailsResponse : ISessionResponse;

internal sealed partial class ReleaseSessionResponse : ISessionResponse;
